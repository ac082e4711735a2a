import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** What a listener is answered that asks several things at once. */
const ASKS = `
  const { Announcements } = await import('#replication/announcements')
  const listener = {
    channels: ['test'],
    async startListening(connection) {
      const statements = ['SELECT 1 AS answer', 'SELECT 1 / 0', 'SELECT 2 AS answer', 'SELECT 3 AS answer']
      const asked = await Promise.allSettled(statements.map((sql) => connection.query(sql)))
      console.log(asked.map(({ value, reason }) => reason?.message ?? value.rows[0].answer).join())
    },
    heard() {},
    stopListening() {},
  }
  const announcements = new Announcements([listener], console, process.env.DATABASE_URL)
  await announcements.start()
  await announcements.stop()`

test.group('The connection that announcements arrive on', () => {
  test('takes several statements at once, and answers each', async ({ assert }) => {
    const started = promisify(execFile)(
      process.execPath,
      [
        ...['--throw-deprecation', '--import=@poppinss/ts-exec'],
        ...['--input-type=module', '--eval', ASKS],
      ],
      { cwd: app.makePath() }
    )
    const { stdout } = await started
    assert.equal(stdout.trim(), '1,division by zero,2,3')
  })
})
