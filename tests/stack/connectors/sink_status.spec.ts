import { randomUUID } from 'node:crypto'
import ace from '@adonisjs/core/services/ace'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import config from '#config/connectors'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { Connectors } from '#connectors/connectors'
import { indexingClient } from '#search/elasticsearch/clients'
import { IndexNames } from '#search/elasticsearch/index_names'
import { ConnectStandIn } from '#tests/helpers/connect_stand_in'
import { ELASTICSEARCH_URL, removeIndices } from '#tests/helpers/elasticsearch'
import { eventually } from '#tests/helpers/eventually'
import { createTopics, produce } from '#tests/helpers/kafka'
import { SinkStandIn } from '#tests/helpers/sink_stand_in'
import ConnectorsStatus from '../../../commands/connectors_status.js'

const WITHIN = 30_000
const SINK = 'kirana-es-sink'

const deleted = () => ({
  key: JSON.stringify({ shop_id: randomUUID(), id: randomUUID() }),
  value: null,
})

test.group('connectors:status of the sink', (group) => {
  const prefix = `test-${randomUUID().slice(0, 8)}`
  const client = indexingClient(ELASTICSEARCH_URL)
  let connect: ConnectStandIn
  let topics: string[]
  let sink: SinkStandIn

  group.tap((each) => each.timeout(4 * WITHIN))
  group.setup(async () => {
    ace.ui.switchMode('raw')
    connect = await ConnectStandIn.start([])
    connect.answer(`GET /connectors/${SINK}/status`, {
      body: { connector: { state: 'RUNNING' }, tasks: [{ id: 0, state: 'RUNNING' }] },
    })
    app.container.swap(Connectors, () => {
      return new Connectors(new ConnectClient(connect.url, config), config)
    })
    topics = (await ConnectorDefinition.read('sink', app.appRoot)).reads
    await createTopics(topics)
    sink = await startSink()
    return async () => {
      await sink.stop()
      await removeIndices({ names: new IndexNames(prefix) })
      await client.close()
      ace.ui.switchMode('normal')
      app.container.restore(Connectors)
      await connect.stop()
    }
  })

  const startSink = () =>
    SinkStandIn.start({
      group: `connect-${SINK}`,
      topics,
      client,
      indexOf: (topic) => topic.replace(/.*\./, `${prefix}-`),
    })

  async function status(...flags: string[]) {
    ace.ui.logger.flushLogs()
    const command = await ace.create(ConnectorsStatus, ['--only=sink', ...flags])
    await command.exec()
    return command
  }

  async function behind() {
    await status('--json')
    const [state] = JSON.parse(ace.ui.logger.getLogs()[0].message)
    return state.behind
  }

  test('counts the records of all its topics that it has not written', async ({ assert }) => {
    const hasWrittenAll = () =>
      eventually(async () => {
        assert.deepEqual(await behind(), { amount: 0, unit: 'records' })
      }, WITHIN)
    await hasWrittenAll()
    await sink.stop()
    await produce('kirana.public.products', [deleted(), deleted()])
    await produce('kirana.public.shops', [deleted()])
    assert.deepEqual(await behind(), { amount: 3, unit: 'records' })
    const command = await status()
    command.assertSucceeded()
    command.assertLogMatches(/kirana-es-sink is RUNNING, 1 task; 3 records behind/)

    sink = await startSink()
    await hasWrittenAll()
  })
})
