import { test } from '@japa/runner'
import { connectorState, isRunning } from '#connectors/connector_state'

const TRACE = `org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer.
\tat io.debezium.pipeline.ErrorHandler.setProducerThrowable(ErrorHandler.java:67)
Caused by: io.debezium.DebeziumException: Couldn't obtain the slot
\tat io.debezium.connector.postgresql.PostgresStreamingChangeEventSource.execute(Source.java:215)
\t... 7 more
Caused by: org.postgresql.util.PSQLException: ERROR: replication slot "kirana_slot" is active for PID 4711
\tat org.postgresql.core.v3.QueryExecutorImpl.receiveErrorResponse(QueryExecutorImpl.java:2734)
\t... 9 more
`

const status = (connector: string, ...tasks: { state: string; trace?: string }[]) => ({
  connector: { state: connector },
  tasks: tasks.map((task, id) => ({ id, ...task })),
})

test.group('State of a connector', () => {
  test('it runs when connector and tasks run', ({ assert }) => {
    const state = connectorState('c', status('RUNNING', { state: 'RUNNING' }))
    assert.deepEqual(state, { name: 'c', state: 'RUNNING', tasks: 1, problem: null })
    assert.isTrue(isRunning(state))
  })

  test('it does not run without a task', ({ assert }) => {
    assert.isFalse(isRunning(connectorState('c', status('RUNNING'))))
  })

  test('a failed task tells what happened and its last cause', ({ assert }) => {
    const failed = connectorState('c', status('RUNNING', { state: 'FAILED', trace: TRACE }))
    assert.equal(failed.state, 'FAILED')
    assert.equal(
      failed.problem,
      'org.apache.kafka.connect.errors.ConnectException: An exception occurred in the change event producer. ' +
        'Caused by: org.postgresql.util.PSQLException: ERROR: replication slot "kirana_slot" is active for PID 4711'
    )
  })

  test('one failed task of two is enough', ({ assert }) => {
    const state = connectorState('c', status('RUNNING', { state: 'RUNNING' }, { state: 'FAILED' }))
    assert.equal(state.state, 'FAILED')
    assert.equal(state.problem, 'no trace was given')
  })

  test('a task that waits for its worker is not running', ({ assert }) => {
    const state = connectorState('c', status('RUNNING', { state: 'UNASSIGNED' }))
    assert.equal(state.state, 'UNASSIGNED')
  })

  test('a stopped connector is stopped', ({ assert }) => {
    assert.equal(connectorState('c', status('STOPPED')).state, 'STOPPED')
  })

  test('one that nobody registered is missing', ({ assert }) => {
    const state = connectorState('c', null)
    assert.equal(state.state, 'MISSING')
    assert.equal(state.problem, 'it is not registered')
  })
})
