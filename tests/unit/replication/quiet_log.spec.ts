import { test } from '@japa/runner'
import { QuietLog } from '#replication/quiet_log'

const refused = (port: number) =>
  Object.assign(new Error(`connect ECONNREFUSED 127.0.0.1:${port}`), { code: 'ECONNREFUSED' })

test.group('Quiet log', () => {
  test('says once in ten seconds that the database is away, and how often since', ({ assert }) => {
    let now = 0
    const log = new QuietLog(() => now)
    const say = (port: number) => {
      const err = refused(port)
      return log.pass([{ err }, err.message])
    }
    assert.isNotNull(say(5432))
    for (let port = 6000; port < 7000; port++) assert.isNull(say(port))
    now = 10_000
    assert.deepInclude(say(5432)![0], { leftOut: 1000 })
  })

  test('leaves out what Knex repeats for every request', ({ assert }) => {
    const log = new QuietLog(() => 0)
    const line = 'Acquire connection error: Error: connect ECONNREFUSED\n    at somewhere'
    assert.isNotNull(log.pass([line]))
    assert.isNull(log.pass([line]))
  })

  test('says every other error, however often it comes', ({ assert }) => {
    const log = new QuietLog(() => 0)
    const err = new Error('column "nmae" does not exist')
    for (let time = 0; time < 3; time++) assert.isNotNull(log.pass([{ err }, err.message]))
    assert.isNotNull(log.pass(['the same words']))
    assert.isNotNull(log.pass(['the same words']))
  })
})
