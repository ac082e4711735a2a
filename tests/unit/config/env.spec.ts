import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** What a process says that is started with these values, which are wrong. */
async function refusal(env: Record<string, string>) {
  const { DATABASE_URL, DATABASE_READ_URL, ...others } = process.env
  const started = promisify(execFile)(
    process.execPath,
    ['--import=@poppinss/ts-exec', 'bin/console.ts', 'data:status'],
    { cwd: app.makePath(), env: { ...others, ...env } }
  )
  return started.then(
    () => 'nothing',
    ({ code, stderr }) => `${code}: ${stderr.trim()}`
  )
}

/** What the framework listens on when the environment says this. */
async function hostOf(HOST: string | undefined) {
  const question = `await import('#start/env'); console.log(process.env.HOST)`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=@poppinss/ts-exec', '--input-type=module', '--eval', question],
    { cwd: app.makePath(), env: { ...process.env, HOST } }
  )
  return stdout.trim()
}

test.group('Values of the environment', (group) => {
  group.each.timeout(60_000)

  test('one that needs another says so in one line', async ({ assert }) => {
    assert.equal(
      await refusal({ CHANGE_FEED: 'kafka' }),
      '1: CHANGE_FEED=kafka needs KAFKA_BROKERS, which is not set'
    )
    assert.equal(
      await refusal({ SEARCH_INDEXER: 'connect' }),
      '1: SEARCH_INDEXER=connect needs KAFKA_BROKERS, which is not set'
    )
    assert.equal(
      await refusal({
        SEARCH_INDEXER: 'connect',
        KAFKA_BROKERS: '127.0.0.1:1',
        KAFKA_PARTITIONS: '3',
      }),
      '1: SEARCH_INDEXER=connect needs topics with one partition, KAFKA_PARTITIONS is larger'
    )
    assert.equal(
      await refusal({ DATABASE_READ_URL: 'postgres://kirana@localhost/kirana' }),
      '1: DATABASE_READ_URL needs DATABASE_URL, which is not set'
    )
    assert.equal(
      await refusal({ REDIS_CLUSTER: 'one:6379,other:6379' }),
      '1: REDIS_CLUSTER needs REDIS_URL, which is not set'
    )
    assert.equal(
      await refusal({ REDIS_CLUSTER: 'one:6379', REDIS_URL: 'redis://other:6379/1' }),
      '1: REDIS_CLUSTER needs database 0 in REDIS_URL: a cluster has no other'
    )
  })

  test('HOST is this machine alone unless it says otherwise', async ({ assert }) => {
    assert.equal(await hostOf(undefined), '127.0.0.1')
    assert.equal(await hostOf(''), '127.0.0.1')
    assert.equal(await hostOf('0.0.0.0'), '0.0.0.0')
  })

  test('wrong ones are all named in one line', async ({ assert }) => {
    const line = await refusal({
      CONNECT_URL: 'localhost',
      REDIS_URL: 'http://localhost',
      REDIS_CLUSTER: 'localhost',
    })
    assert.equal(
      line,
      '1: Validation failed for one or more environment variables: ' +
        'REDIS_URL must look like redis://user:password@host:6379/0; ' +
        'REDIS_CLUSTER must look like host:6379,host:6379; ' +
        'CONNECT_URL must look like http://host:8083'
    )
  })
})
