import { createHmac, randomBytes } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const COOKIE = 'kirana_session'
const NAME = 'Asha Verma'

/** The same content, signed with another key. */
function signedElsewhere(cookie: string) {
  const content = decodeURIComponent(cookie).slice(2).split('.')[0]
  const signature = createHmac('sha256', randomBytes(32)).update(content).digest('base64url')
  return encodeURIComponent(`s:${content}.${signature}`)
}

const FORGERIES: Record<string, (cookie: string) => string> = {
  'is made up': () => 's%3Aabc.def',
  'is empty': () => '',
  'is not signed': (cookie) => decodeURIComponent(cookie).slice(2).split('.')[0],
  'is cut off in its signature': (cookie) => cookie.slice(0, -5),
  'is cut off in its content': (cookie) => cookie.slice(0, 30),
  'is signed with another key': signedElsewhere,
  'is very long': (cookie) => cookie + 'A'.repeat(8_000),
}

test.group('A session cookie that', (group) => {
  let user: User
  let cookie: string

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ fullName: NAME })
    cookie = (await loggedIn(user)).cookies.get(COOKIE)!
  })

  const bearing = (value: string) => {
    const visitor = new Visitor()
    visitor.cookies.set(COOKIE, value)
    return visitor
  }

  for (const [what, forge] of Object.entries(FORGERIES)) {
    test(`${what} counts as none`, async ({ assert }) => {
      const visitor = bearing(forge(cookie))
      const page = await visitor.visit('/shops')
      assert.equal(page.status, 200)
      assert.notInclude(page.text, NAME)
      assert.match(page.headers.get('cache-control')!, /no-cache$/)
      assert.match((await visitor.visit('/orders')).path, /^\/login/)
      await visitor.visit('/')
      const chosen = await visitor.submit('form[action*="/language"] button[value=hi]')
      assert.equal(chosen.status, 200)
      assert.lengthOf(await db.from('sessions'), 1)
    })
  }

  const ENDS: Record<string, () => Promise<unknown>> = {
    'belongs to a user who was deleted': () => user.delete(),
    'belongs to a session that was ended': () => user.endSessions(),
  }

  for (const [what, end] of Object.entries(ENDS)) {
    test(`${what} counts as none, and begins nothing`, async ({ assert }) => {
      await end()
      await announced()
      const visitor = bearing(cookie)
      for (let view = 0; view < 2; view++) {
        const page = await visitor.visit('/shops')
        assert.notInclude(page.text, NAME)
        assert.match(page.headers.get('cache-control')!, /no-cache$/)
      }
      assert.match((await visitor.visit('/orders')).path, /^\/login/)
      await visitor.visit('/')
      await visitor.submit('form[action*="/language"] button[value=hi]')
      assert.lengthOf(await db.from('sessions'), 0)
    })
  }
})
