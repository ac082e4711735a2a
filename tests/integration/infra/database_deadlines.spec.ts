import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { keepDeadlines, withDeadline } from '#infra/database_deadlines'
import { eventually } from '#tests/helpers/eventually'

/** A pool of one, so that what is left on its connection would be met by the next statement. */
function pool(usual: number) {
  const name = `deadlines-${randomUUID()}`
  const { config } = db.manager.get('primary')!
  db.manager.add(name, { ...config, pool: { min: 0, max: 1, afterCreate: keepDeadlines(usual) } })
  return { name, connection: db.connection(name) }
}

const BACKEND = 'SELECT pg_backend_pid() AS pid'

test.group('Deadlines of statements', () => {
  test('a connection whose answer is late is thrown away', async ({ assert, cleanup }) => {
    const { name, connection } = pool(300)
    cleanup(() => db.manager.release(name))
    const before = (await connection.rawQuery(BACKEND)).rows[0].pid
    await assert.rejects(
      () => connection.rawQuery(`SELECT 'the earlier answer' AS answer, pg_sleep(1)`),
      /Query read timeout/
    )
    const { rows } = await connection.rawQuery(`SELECT 'the later answer' AS answer`)
    assert.equal(rows[0].answer, 'the later answer')
    assert.notEqual((await connection.rawQuery(BACKEND)).rows[0].pid, before)
  })

  test('a transaction whose statement is late is rolled back', async ({ assert, cleanup }) => {
    const { name, connection } = pool(300)
    cleanup(() => db.manager.release(name))
    await connection.rawQuery('CREATE TABLE IF NOT EXISTS deadlines_seen (id uuid)')
    cleanup(() => db.rawQuery('DROP TABLE deadlines_seen'))
    const work = connection.transaction(async (client) => {
      await client.rawQuery('INSERT INTO deadlines_seen VALUES (gen_random_uuid())')
      await client.rawQuery('SELECT pg_sleep(1)')
    })
    await assert.rejects(() => work, /Query read timeout/)
    const { rows } = await connection.rawQuery('SELECT * FROM deadlines_seen')
    assert.lengthOf(rows, 0)
  })

  test('work may be given more or less time than is usual', async ({ assert, cleanup }) => {
    const { name, connection } = pool(300)
    cleanup(() => db.manager.release(name))
    await withDeadline(5_000, () => connection.rawQuery('SELECT pg_sleep(0.6)'))
    await assert.rejects(
      () => withDeadline(50, () => connection.rawQuery('SELECT pg_sleep(0.2)')),
      /Query read timeout/
    )
  })

  test('the server ends a statement whose client has given up', async ({ assert, cleanup }) => {
    const { name, connection } = pool(300)
    cleanup(() => db.manager.release(name))
    const mark = `given up ${randomUUID()}`
    await assert.rejects(() => connection.rawQuery(`SELECT pg_sleep(60) /* ${mark} */`), /timeout/)
    const running = async () => {
      const { rows } = await db.rawQuery(
        'SELECT pid FROM pg_stat_activity WHERE query LIKE ? AND pid <> pg_backend_pid()',
        [`%${mark}%`]
      )
      return rows.length
    }
    await eventually(async () => assert.equal(await running(), 0), 10_000)
  })
})
