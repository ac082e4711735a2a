import { test } from '@japa/runner'
import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { issueToken } from '#tokens/token_users'
import User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const LOGIN = 'form[action*="/login"]'
const NAME = 'Asha Verma'

/** After what the test did without the server was announced. */
async function isLoggedIn(visitor: Visitor) {
  await announced()
  return (await visitor.visit('/shops')).text.includes(NAME)
}

test.group('Logins that are ended', (group) => {
  let user: User
  let phone: Visitor
  let shop: Visitor
  let program: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ username: 'asha', fullName: NAME })
    phone = await loggedIn(user)
    shop = await loggedIn(user)
    program = await ApiClient.of(user)
  })

  const sessionId = async () => (await db.from('sessions').where('user_id', user.id).first()).id

  const tokenIsRefused = () =>
    eventually(async () => {
      const { status } = await program.get('/api/me')
      if (status !== 401) throw new Error(`The token is answered with ${status}`)
    })

  test('are all sessions of the user, and nobody else’s', async ({ assert }) => {
    const other = await loggedIn(await createUser({ fullName: 'Meena Joshi' }))
    assert.equal(await user.endSessions(), 2)
    assert.isFalse(await isLoggedIn(phone))
    assert.isFalse(await isLoggedIn(shop))
    assert.include((await other.visit('/shops')).text, 'Meena Joshi')
    assert.equal((await program.get('/api/me')).status, 200)
  })

  test('spare the session that is excepted', async ({ assert }) => {
    assert.equal(await user.endSessions({ except: await sessionId() }), 1)
    const left = [await isLoggedIn(phone), await isLoggedIn(shop)]
    assert.sameMembers(left, [true, false])
  })

  test('are all tokens of the user', async ({ assert }) => {
    assert.equal(await user.endTokens(), 1)
    await tokenIsRefused()
    assert.isTrue(await isLoggedIn(phone))
  })

  test('are sessions and tokens when an operator revokes', async ({ assert }) => {
    await ace.exec('tokens:revoke', ['asha'])
    assert.isFalse(await isLoggedIn(phone))
    await tokenIsRefused()
  })

  test('are those of a user who is deleted', async ({ assert }) => {
    await user.delete()
    assert.isFalse(await isLoggedIn(phone))
    assert.isNull(await db.from('sessions').where('user_id', user.id).first())
    await tokenIsRefused()
  })

  test('are those of a user who is blocked, who can log in again when unblocked', async ({
    assert,
  }) => {
    await user.block()
    assert.isFalse(await isLoggedIn(phone))
    await tokenIsRefused()
    await phone.visit('/login')
    const refused = await phone.submit(LOGIN, { username: 'asha', password: PASSWORD })
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'This account is blocked')
    const form = { username: 'asha', password: PASSWORD }
    assert.equal((await new ApiClient().post('/api/token', { form })).status, 403)

    await user.unblock()
    assert.isTrue(await isLoggedIn(await loggedIn(user)))
  })

  test('stay ended for a user who was blocked with psql', async ({ assert }) => {
    await db.rawQuery('UPDATE users SET blocked_at = now()')
    assert.isFalse(await isLoggedIn(phone))
    await tokenIsRefused()
  })

  test('include a login that waits while they are ended', async ({ assert }) => {
    const late = new Visitor()
    await late.visit('/login')
    const { action, fields } = late.form(LOGIN)
    fields.set('username', 'asha')
    fields.set('password', PASSWORD)
    const ending = await db.transaction()
    await user.endSessions({}, ending)
    const login = late.send('POST', action, fields)
    const waits = eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%FOR SHARE%'`
      )
      if (rows.length === 0) throw new Error('The login does not wait')
    })
    await waits.finally(() => ending.commit())
    const answer = await login
    assert.equal(answer.status, 403)
    late.keepCookies(answer)
    assert.isFalse(await isLoggedIn(late))
    assert.isNull(await db.from('sessions').where('user_id', user.id).first())
  })

  test('include a token whose password was seen before and that is not made yet', async ({
    assert,
  }) => {
    const seen = await User.findOrFail(user.id)
    await user.endTokens()
    await assert.rejects(() => issueToken(seen), 'The session has ended')
    await assert.doesNotReject(() => issueToken(user))
    await user.block()
    await assert.rejects(() => issueToken(user), 'This account is blocked')
  })
})
