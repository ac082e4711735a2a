import { test } from '@japa/runner'
import { appEnvironment, renderEnvironment } from '#infra/native/app_environment'
import { partNames } from '#infra/native/native_stack'
import { readStackSettings } from '#infra/native/stack_settings'

test.group('Settings of the native stack', () => {
  test('has the ports of docker compose', ({ assert }) => {
    assert.deepEqual(appEnvironment(readStackSettings({})), {
      DATABASE_URL: 'postgres://kirana:kirana@127.0.0.1:5432/kirana',
      DATABASE_READ_URL: 'postgres://kirana:kirana@127.0.0.1:5439/kirana',
      REDIS_URL: 'redis://127.0.0.1:6379/0',
      KAFKA_BROKERS: '127.0.0.1:9092',
      CONNECT_URL: 'http://127.0.0.1:8083',
      ELASTICSEARCH_URL: 'http://127.0.0.1:9200',
      CHANGE_FEED: 'kafka',
      SEARCH_ENGINE: 'elasticsearch',
      SEARCH_INDEXER: 'app',
    })
  })

  test('a second stack has other ports and another folder', ({ assert }) => {
    const [first, second] = [{}, { STACK_PORT_OFFSET: '10000' }].map(readStackSettings)
    assert.notEqual(first.directory, second.directory)
    assert.equal(second.ports['replica-1'], first.ports['replica-1'] + 10_000)
  })

  test('refuses an offset of "{$self}"')
    .with(['-1', '1.5', 'many', '60000'])
    .run(({ assert }, offset) => {
      assert.throws(() => readStackSettings({ STACK_PORT_OFFSET: offset }), /STACK_PORT_OFFSET/)
    })

  test('refuses a password that would break an address', ({ assert }) => {
    assert.throws(() => readStackSettings({ DEBEZIUM_PASSWORD: `it's` }), /DEBEZIUM_PASSWORD/)
  })

  test('keeps the passwords of the environment apart', ({ assert }) => {
    const env = { DATABASE_PASSWORD: 'a', REPLICATION_PASSWORD: 'b', DEBEZIUM_PASSWORD: 'c' }
    const { passwords } = readStackSettings({ ...env, POSTGRES_PASSWORD: 'd' })
    assert.deepEqual(passwords, { application: 'a', replication: 'b', debezium: 'c', admin: 'd' })
  })

  test('writes one variable a line', ({ assert }) => {
    assert.equal(renderEnvironment({ A: '1', B: '2' }), 'A=1\nB=2\n')
  })

  test('postgres stands for its three servers', ({ assert }) => {
    assert.deepEqual(partNames(['postgres']), ['primary', 'replica-1', 'replica-2'])
    assert.throws(() => partNames(['postgre']), /"postgre" is no part of the stack/)
  })
})
