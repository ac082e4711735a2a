import { test } from '@japa/runner'
import pg from 'pg'
import { PART_NAMES } from '#infra/native/part'
import { eventually } from '#tests/helpers/eventually'
import { stack } from '#tests/helpers/stack'

const MINUTE = 60_000

/** One statement by a connection of its own. */
async function ask(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query({ text: sql, rowMode: 'array' })).rows[0][0]
  } finally {
    await client.end().catch(() => {})
  }
}

const { DATABASE_URL, DATABASE_READ_URL } = stack.environment
const serverOfRead = () => ask(DATABASE_READ_URL, `SELECT current_setting('cluster_name')`)
const pids = async () => (await stack.status()).map(({ pid }) => pid)

test.group('Native stack', (group) => {
  group.each.timeout(5 * MINUTE)
  group.each.teardown(() => stack.up())

  test('is left alone by a second start', async ({ assert }) => {
    const before = await pids()
    await stack.up()
    assert.deepEqual(await pids(), before)
    assert.isTrue(before.every((pid) => pid !== null))
  })

  test('brings back every part that was killed, with its data', async ({ assert }) => {
    await ask(DATABASE_URL, `SELECT pg_logical_emit_message(true, 'test', 'x')`)
    const replicated = () => ask(DATABASE_READ_URL, `SELECT pg_is_in_recovery()`)
    const before = await pids()
    await Promise.all(PART_NAMES.map((name) => stack.part(name).kill()))
    assert.deepEqual(
      (await stack.status()).map(({ state }) => state),
      PART_NAMES.map(() => 'down')
    )
    await stack.up()
    assert.isTrue((await stack.status()).every(({ state }) => state === 'up'))
    assert.deepEqual(
      (await pids()).filter((pid) => before.includes(pid)),
      []
    )
    await eventually(async () => assert.isTrue(await replicated()), MINUTE)
  })

  test('copies a replica anew that was promoted by hand', async ({ assert }) => {
    const replica = stack.part('replica-1')
    const url = DATABASE_URL.replace(/:\d+\//, `:${replica.port}/`)
    const admin = new URL(url)
    Object.assign(admin, { username: 'postgres', password: stack.settings.passwords.admin })
    await ask(admin.href, 'SELECT pg_promote()')
    assert.isFalse(await ask(url, 'SELECT pg_is_in_recovery()'))
    assert.isFalse(await replica.isReady())
    await stack.up(['replica-1'])
    assert.isTrue(await ask(url, 'SELECT pg_is_in_recovery()'))
  })

  test('reads are spread over the replicas, and go to the primary when there is none', async ({
    assert,
  }) => {
    const seen = new Set<string>()
    await eventually(async () => {
      seen.add(await serverOfRead())
      assert.equal(seen.size, 2)
    }, MINUTE)
    for (const server of seen) assert.match(server, /^kirana-replica-[12]-/)

    await stack.part('replica-1').stop()
    await stack.part('replica-2').stop()
    await eventually(async () => assert.match(await serverOfRead(), /^kirana-primary-/), MINUTE)
    await stack.up(['replica-2'])
    await eventually(async () => assert.match(await serverOfRead(), /^kirana-replica-2-/), MINUTE)
  })

  test('the roles of replication may do nothing else', async ({ assert }) => {
    const login = (user: string, password: string) => {
      const url = new URL(DATABASE_URL)
      Object.assign(url, { username: user, password })
      return url.href
    }
    const { replication, debezium } = stack.settings.passwords
    await ask(DATABASE_URL, `SELECT count(*) FROM users`)
    for (const url of [login('standby', replication), login('debezium', debezium)]) {
      await assert.rejects(() => ask(url, `SELECT count(*) FROM users`), /permission denied/)
      await assert.rejects(() => ask(url, `CREATE TABLE made (id int)`), /permission denied/)
      await assert.rejects(() => ask(url, `CREATE DATABASE made`), /permission denied/)
    }
  })
})
