import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { ConnectStandIn } from '#tests/helpers/connect_stand_in'
import ConnectorsRegister from '../../../commands/connectors_register.js'
import ConnectorsReset from '../../../commands/connectors_reset.js'
import ConnectorsStatus from '../../../commands/connectors_status.js'

const PLUGINS = [
  'io.debezium.connector.postgresql.PostgresConnector',
  'io.confluent.connect.elasticsearch.ElasticsearchSinkConnector',
]
const RUNNING = {
  body: { connector: { state: 'RUNNING' }, tasks: [{ id: 0, state: 'RUNNING' }] },
}
const FAILED = {
  body: {
    connector: { state: 'RUNNING' },
    tasks: [{ id: 0, state: 'FAILED', trace: 'java.lang.Oops: no index\n\tat x\nCaused by: why' }],
  },
}
const quick = { timeout: 1_000, patience: 200, pause: 5, startWithin: 500, settle: 20 }

test.group('Commands connectors:*', (group) => {
  let connect: ConnectStandIn

  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    connect = await ConnectStandIn.start(PLUGINS)
    app.container.swap(Connectors, () => {
      return new Connectors(new ConnectClient(connect.url, quick), quick)
    })
    const { needed } = app.config.get<{ needed: string[] }>('connectors')
    app.config.set('connectors.needed', ['source', 'sink'])
    return async () => {
      app.config.set('connectors.needed', needed)
      ace.ui.switchMode('normal')
      app.container.restore(Connectors)
      await connect.stop()
    }
  })

  async function run(command: Parameters<typeof ace.create>[0], ...flags: string[]) {
    const created = await ace.create(command, flags)
    await created.exec()
    return created
  }

  test('status succeeds only when everything runs', async () => {
    connect.answer('GET /connectors/kirana-pg-source/status', RUNNING)
    connect.answer('GET /connectors/kirana-es-sink/status', RUNNING)
    const all = await run(ConnectorsStatus)
    all.assertSucceeded()
    all.assertLogMatches(/kirana-pg-source is RUNNING, 1 task; unknown how far behind/)

    connect.answer('GET /connectors/kirana-es-sink/status', FAILED)
    const one = await run(ConnectorsStatus)
    one.assertFailed()
    one.assertLogMatches(
      /kirana-es-sink is FAILED: java\.lang\.Oops: no index Caused by: why/,
      'stderr'
    )
  })

  test('the sink takes part only where it writes the search index', async ({ assert }) => {
    app.config.set('connectors.needed', ['source'])
    connect.answer('GET /connectors/kirana-pg-source/status', RUNNING)
    const command = await run(ConnectorsStatus)
    command.assertSucceeded()
    assert.notInclude(connect.requests.join(), 'kirana-es-sink')
  })

  test('--only leaves the other connector alone', async ({ assert }) => {
    connect.answer('GET /connectors/kirana-pg-source/status', RUNNING)
    const command = await run(ConnectorsStatus, '--only=source')
    command.assertSucceeded()
    assert.notInclude(connect.requests.join(), 'kirana-es-sink')
  })

  test('--only says what it knows', async () => {
    const command = await run(ConnectorsStatus, '--only=both')
    command.assertFailed()
    command.assertLogMatches(/--only must be source or sink/, 'stderr')
  })

  test('--json is one document', async ({ assert }) => {
    connect.answer('GET /connectors/kirana-pg-source/status', FAILED)
    const command = await run(ConnectorsStatus, '--only=source', '--json')
    command.assertFailed()
    const [log] = ace.ui.logger.getLogs()
    assert.deepEqual(JSON.parse(log.message), [
      {
        name: 'kirana-pg-source',
        state: 'FAILED',
        tasks: 1,
        problem: 'java.lang.Oops: no index Caused by: why',
        behind: null,
      },
    ])
  })

  test('status says how far the source is behind', async ({ assert, cleanup }) => {
    const { slot } = await ConnectorDefinition.read('source', app.appRoot)
    await db.rawQuery('SELECT pg_create_logical_replication_slot(?, ?)', [slot!, 'pgoutput'])
    cleanup(() => db.rawQuery('SELECT pg_drop_replication_slot(?)', [slot!]))
    connect.answer('GET /connectors/kirana-pg-source/status', RUNNING)
    const bytesBehind = async () => {
      ace.ui.logger.flushLogs()
      await run(ConnectorsStatus, '--only=source', '--json')
      const [{ behind }] = JSON.parse(ace.ui.logger.getLogs()[0].message)
      assert.equal(behind.unit, 'bytes')
      return behind.amount
    }
    const before = await bytesBehind()
    await db.rawQuery(`SELECT pg_logical_emit_message(true, 'test', repeat('x', 100000))`)
    assert.isAbove(await bytesBehind(), before + 99_999)
  })

  test('registering what fails fails', async () => {
    connect.answer('PUT /connectors/kirana-pg-source/config', { status: 201 })
    connect.answer(
      'POST /connectors/kirana-pg-source/restart?includeTasks=true&onlyFailed=true',
      {}
    )
    connect.answer('GET /connectors/kirana-pg-source/status', FAILED)
    const command = await run(ConnectorsRegister, '--only=source')
    command.assertFailed()
    command.assertLogMatches(/kirana-pg-source is FAILED/, 'stderr')
  })

  test('a Connect that is away is one line, in JSON too', async ({ assert }) => {
    app.container.swap(Connectors, () => {
      return new Connectors(new ConnectClient('http://127.0.0.1:9', quick), quick)
    })
    const said = await run(ConnectorsRegister, '--only=source')
    said.assertFailed()
    said.assertLogMatches(/Kafka Connect does not answer at http:\/\/127\.0\.0\.1:9/, 'stderr')

    ace.ui.logger.flushLogs()
    const json = await run(ConnectorsRegister, '--only=source', '--json')
    json.assertFailed()
    const [log] = ace.ui.logger.getLogs()
    assert.equal(JSON.parse(log.message).code, 'E_CONNECT_UNREACHABLE')
  })

  test('resetting asks first', async ({ assert }) => {
    const command = await ace.create(ConnectorsReset, [])
    command.prompt.trap('Delete').reject()
    Object.assign(command, { canAsk: true })
    await command.exec()
    command.assertFailed()
    assert.isEmpty(connect.requests)
  })

  test('resetting only {only} where nobody can be asked says what it needs, and changes nothing')
    .with([
      { only: 'sink', losses: 'kirana-es-sink and its offsets' },
      { only: 'source', losses: 'kirana-pg-source, offsets, slot and topics' },
    ])
    .run(async ({ assert }, { only, losses }) => {
      const command = await ace.create(ConnectorsReset, [`--only=${only}`])
      Object.assign(command, { canAsk: false })
      await command.exec()
      command.assertFailed()
      command.assertLogMatches(
        new RegExp(`deletes ${losses}, and there is no terminal .* repeat it with --force`),
        'stderr'
      )
      assert.isEmpty(connect.requests)
    })
})
