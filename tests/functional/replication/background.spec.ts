import { test } from '@japa/runner'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { inBackground } from '#replication/background'
import { Replication } from '#replication/replication'

const NAME = "SELECT current_setting('application_name') AS name"

const namesOfConnections = async () => {
  const { rows } = await db.rawQuery(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE query LIKE '%clock_timestamp() AS now%' AND pid <> pg_backend_pid()`
  )
  return rows.map(({ name }: { name: string }) => name)
}

test.group('What asks the primary', () => {
  test('a request and work in the background have different names', async ({ assert }) => {
    const { rows } = await db.rawQuery(NAME)
    const { rows: inTheBackground } = await inBackground(db).rawQuery(NAME)

    assert.equal(rows[0].name, 'kirana')
    assert.equal(inTheBackground[0].name, 'kirana-background')
  })

  test('how old a heartbeat is, is asked in the background', async ({ assert }) => {
    const replication = await app.container.make(Replication)

    await replication.timeSince(new Date())

    assert.deepEqual(await namesOfConnections(), ['kirana-background'])
  })
})
