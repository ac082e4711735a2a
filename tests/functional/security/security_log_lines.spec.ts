import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { securityLines } from '#tests/helpers/security_lines'
import { Visitor } from '#tests/helpers/visitor'

const LINE = '{"event":"login.succeeded","account":"root"}'

test.group('Lines of the security log', (group) => {
  group.each.setup(emptyDatabase)
  const log = securityLines(group)

  test('are an object each, also for hostile text', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const visitor = new Visitor({
      'user-agent': LINE,
      'x-request-id': `a\t${LINE}`,
      'accept-language': LINE,
    })
    for (const username of [
      `asha\n${LINE}`,
      `asha\r\n${LINE}`,
      `asha\u2028${LINE}`,
      '\u0000',
      'asha',
    ]) {
      const body = new URLSearchParams({ username, password: `wrong${LINE}` })
      await visitor.request('POST', '/login', body)
    }
    const owner = await loggedIn(await createOwner())
    await owner.request('GET', `/owner/orders/${encodeURIComponent(`\n${LINE}`)}`)
    const lines = (await log.text()).split('\n').filter(Boolean)
    assert.isAbove(lines.length, 1)
    for (const line of lines) {
      const { event, account } = JSON.parse(line)
      assert.isString(event)
      assert.notEqual(account, 'root')
    }
  })

  test('tell the time as UTC', async ({ assert }) => {
    await loggedIn(await createUser())
    const [{ time }] = await log.of('login.succeeded')
    assert.match(time, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    assert.closeTo(Date.parse(time), Date.now(), 60_000)
  })
})
