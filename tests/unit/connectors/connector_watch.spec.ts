import { LoggerFactory } from '@adonisjs/core/factories/logger'
import { test } from '@japa/runner'
import { ConnectClient } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { ConnectorWatch } from '#connectors/connector_watch'
import { Connectors } from '#connectors/connectors'
import { registry } from '#metrics/metrics'
import { ConnectStandIn } from '#tests/helpers/connect_stand_in'

const definition = new ConnectorDefinition('source', 'watched', { 'connector.class': 'Plugin' })
const STATUS = 'GET /connectors/watched/status'
const RESTART = 'POST /connectors/watched/restart?includeTasks=true&onlyFailed=true'
const quick = { timeout: 1_000, patience: 20, pause: 5, startWithin: 500, settle: 0 }

const answer = (task: string, trace = '') => ({
  body: { connector: { state: 'RUNNING' }, tasks: [{ id: 0, state: task, trace }] },
})

test.group('ConnectorWatch', (group) => {
  let connect: ConnectStandIn
  let lines: string[]

  group.each.setup(async () => {
    lines = []
    connect = await ConnectStandIn.start(['Plugin'])
    connect.answer(RESTART, { status: 202 })
    return () => connect.stop()
  })

  function createWatch(restartEvery = 60_000, url = connect.url) {
    const logger = new LoggerFactory()
      .merge({
        enabled: true,
        destination: { write: (line: string) => lines.push(JSON.parse(line).msg) } as any,
      })
      .create()
    const connectors = new Connectors(new ConnectClient(url, quick), quick)
    return new ConnectorWatch(connectors, [definition], logger, { lookEvery: 5, restartEvery })
  }

  async function metric() {
    const text = await registry.getSingleMetricAsString('kirana_connector_running')
    return /connector="watched"\} (\d)/.exec(text)?.[1]
  }

  test('a failed task is a metric, one line and a restart', async ({ assert }) => {
    connect.answer(STATUS, answer('FAILED', 'java.lang.Oops: gone\n\tat x\nCaused by: why'))
    const watch = createWatch()
    await watch.look()
    await watch.look()
    assert.equal(await metric(), '0')
    assert.deepEqual(lines, ['connector watched: FAILED: java.lang.Oops: gone Caused by: why'])
    assert.lengthOf(
      connect.requests.filter((request) => request === RESTART),
      1
    )
  })

  test('a connector that recovers is logged', async ({ assert }) => {
    connect.answer(STATUS, answer('FAILED', 'Oops'), answer('RUNNING'))
    const watch = createWatch()
    await watch.look()
    await watch.look()
    assert.equal(await metric(), '1')
    assert.deepEqual(lines, [
      'connector watched: FAILED: Oops',
      'connector watched is running again',
    ])
  })

  test('one that stays failed is started again and again, not all the time', async ({ assert }) => {
    connect.answer(STATUS, answer('FAILED', 'Oops'))
    const watch = createWatch(0)
    await watch.look()
    await watch.look()
    assert.lengthOf(
      connect.requests.filter((request) => request === RESTART),
      2
    )
  })

  test('a Connect that is away is a metric and one line', async ({ assert }) => {
    const watch = createWatch(0, 'http://127.0.0.1:9')
    await watch.look()
    await watch.look()
    assert.equal(await metric(), '0')
    assert.lengthOf(lines, 1)
    assert.match(lines[0], /Kafka Connect does not answer at http:\/\/127\.0\.0\.1:9/)
  })

  test('it goes on looking until it is stopped', async ({ assert }) => {
    connect.answer(STATUS, answer('RUNNING'))
    const watch = createWatch()
    watch.start()
    while (connect.requests.length < 3) await watch.look()
    await watch.stop()
    const looked = connect.requests.length
    await new Promise((resolve) => setTimeout(resolve, 30))
    assert.lengthOf(connect.requests, looked)
  })
})
