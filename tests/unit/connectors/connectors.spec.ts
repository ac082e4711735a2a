import { test } from '@japa/runner'
import { ConnectClient, ConnectRefused, ConnectUnreachable } from '#connectors/connect_client'
import { ConnectorDefinition } from '#connectors/connector_definition'
import { ConnectorPluginMissing, Connectors } from '#connectors/connectors'
import { ConnectStandIn } from '#tests/helpers/connect_stand_in'

const definition = new ConnectorDefinition('source', 'c', { 'connector.class': 'Plugin' })
const PUT = 'PUT /connectors/c/config'
const STATUS = 'GET /connectors/c/status'
const quick = { timeout: 1_000, patience: 500, pause: 5, startWithin: 500, settle: 40 }

const answer = (state: string, ...tasks: string[]) => ({
  body: {
    connector: { state },
    tasks: tasks.map((task, id) => ({ id, state: task, trace: task === 'FAILED' ? 'Boom' : '' })),
  },
})
const MISSING = { status: 404, body: { message: 'No status found' } }

test.group('Connectors', (group) => {
  let connect: ConnectStandIn
  let connectors: Connectors

  group.each.setup(async () => {
    connect = await ConnectStandIn.start(['Plugin'])
    connectors = new Connectors(new ConnectClient(connect.url, quick), quick)
    connect.answer(PUT, { status: 201 })
    return () => connect.stop()
  })

  test('registering waits until connector and task run', async ({ assert }) => {
    const steps = [answer('UNASSIGNED'), answer('RUNNING'), answer('RUNNING', 'UNASSIGNED')]
    connect.answer(STATUS, MISSING, ...steps, answer('RUNNING', 'RUNNING'))
    assert.equal((await connectors.register(definition)).state, 'RUNNING')
  })

  test('a rebalance and a fault of the worker are waited out', async ({ assert }) => {
    connect.answer(STATUS, MISSING, answer('RUNNING', 'RUNNING'))
    connect.answer(PUT, { status: 409 }, { status: 500 }, { status: 201 })
    assert.equal((await connectors.register(definition)).state, 'RUNNING')
    assert.lengthOf(
      connect.requests.filter((request) => request === PUT),
      3
    )
  })

  test('a worker that never recovers is named with its own words', async ({ assert }) => {
    connect.answer(STATUS, MISSING)
    connect.answer(PUT, { status: 500, body: { error_code: 500, message: 'Request timed out' } })
    const error = await connectors.register(definition).catch((caught) => caught)
    assert.instanceOf(error, ConnectRefused)
    assert.include(error.message, `${connect.url} answered 500 to ${PUT}: Request timed out`)
  })

  test('a configuration that is refused is not tried again', async ({ assert }) => {
    connect.answer(STATUS, MISSING)
    connect.answer(PUT, { status: 400, body: { message: 'The database.port value is invalid' } })
    const error = await connectors.register(definition).catch((caught) => caught)
    assert.instanceOf(error, ConnectRefused)
    assert.include(error.message, 'The database.port value is invalid')
    assert.lengthOf(
      connect.requests.filter((request) => request === PUT),
      1
    )
  })

  test('a task that fails a moment after it ran counts as failed', async ({ assert }) => {
    connect.answer(STATUS, MISSING, answer('RUNNING', 'RUNNING'), answer('RUNNING', 'FAILED'))
    const state = await connectors.register(definition)
    assert.equal(state.state, 'FAILED')
    assert.equal(state.problem, 'Boom')
  })

  test('registering starts again what had failed', async ({ assert }) => {
    const restart = 'POST /connectors/c/restart?includeTasks=true&onlyFailed=true'
    connect.answer(restart, { status: 202 })
    connect.answer(STATUS, answer('RUNNING', 'FAILED'), answer('RUNNING', 'RUNNING'))
    assert.equal((await connectors.register(definition)).state, 'RUNNING')
    assert.include(connect.requests, restart)
  })

  test('registering resumes what had been stopped', async ({ assert }) => {
    connect.answer('PUT /connectors/c/resume', { status: 202 })
    connect.answer(STATUS, answer('STOPPED'), answer('RUNNING', 'RUNNING'))
    assert.equal((await connectors.register(definition)).state, 'RUNNING')
    assert.include(connect.requests, 'PUT /connectors/c/resume')
  })

  test('one that does not get going is told by its last state', async ({ assert }) => {
    connect.answer(STATUS, MISSING, answer('RUNNING', 'UNASSIGNED'))
    const state = await connectors.register(definition)
    assert.equal(state.state, 'UNASSIGNED')
    assert.equal(state.problem, 'still UNASSIGNED after 0.5 s')
  })

  test('a plugin that the worker lacks is named before anything is sent', async ({ assert }) => {
    const other = new ConnectorDefinition('sink', 'c', { 'connector.class': 'Other' })
    const error = await connectors.register(other).catch((caught) => caught)
    assert.instanceOf(error, ConnectorPluginMissing)
    assert.include(error.message, 'no plugin Other, which c needs')
    assert.notInclude(connect.requests, PUT)
  })

  test('a worker that is not there is named with its URL', async ({ assert }) => {
    const { url } = connect
    const nobody = await ConnectStandIn.start([])
    const gone = nobody.url
    await nobody.stop()
    assert.notEqual(url, gone)
    const error = await new ConnectClient(gone, quick).plugins().catch((caught) => caught)
    assert.instanceOf(error, ConnectUnreachable)
    assert.equal(
      error.message,
      `Kafka Connect does not answer at ${gone} (ECONNREFUSED): check CONNECT_URL`
    )
  })

  test('forgetting stops first, then deletes offsets, then the connector', async ({ assert }) => {
    connect.answer(STATUS, answer('RUNNING', 'RUNNING'), answer('STOPPED'), MISSING)
    for (const request of [
      'PUT /connectors/c/stop',
      'DELETE /connectors/c/offsets',
      'DELETE /connectors/c',
    ]) {
      connect.answer(request, {})
    }
    await connectors.forget(definition)
    assert.deepEqual(
      connect.requests.filter((request) => !request.startsWith('GET')),
      ['PUT /connectors/c/stop', 'DELETE /connectors/c/offsets', 'DELETE /connectors/c']
    )
  })

  test('offsets of a connector that is gone are forgotten too', async ({ assert }) => {
    connect.answer(STATUS, answer('STOPPED'), answer('STOPPED'), MISSING)
    connect.answer('POST /connectors', { status: 201 })
    connect.answer('DELETE /connectors/c/offsets', {})
    connect.answer('DELETE /connectors/c', {})
    await connectors.forget(definition)
    assert.deepEqual(
      connect.requests.filter((request) => !request.startsWith('GET')),
      [
        'PUT /connectors/c/stop',
        'POST /connectors',
        'DELETE /connectors/c/offsets',
        'DELETE /connectors/c',
      ]
    )
  })
})
