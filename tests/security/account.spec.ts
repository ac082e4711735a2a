import { test } from '@japa/runner'
import { SESSION_COOKIE } from '#config/session'
import { ApiClient } from '#tests/helpers/api_client'
import { attackedServer } from '#tests/helpers/attacked_server'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'
import type User from '#models/user'

const NEW = 'three words here'

test.group('An account whose session was stolen', (group) => {
  const server = attackedServer(group)
  let user: User
  let owner: Visitor
  let thief: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser()
    owner = await loggedIn(user, new Visitor(undefined, server.origin()))
    thief = new Visitor(undefined, server.origin())
    thief.cookies.set(SESSION_COOKIE, owner.cookies.get(SESSION_COOKIE)!)
  })

  async function changePassword(by: Visitor, current: string) {
    await by.visit('/account/password')
    return by.submit('#password-form', {
      current_password: current,
      password: NEW,
      password_confirmation: NEW,
    })
  }

  test('does not give its password away by guessing', async ({ assert }) => {
    const statuses: number[] = []
    // The owner's own login was the first of ten tries.
    for (let guess = 0; guess < 11; guess++) {
      statuses.push((await changePassword(thief, `Guess@${guess}`)).status)
    }
    assert.deepEqual(statuses, [...Array.from({ length: 9 }, () => 422), 429, 429])
    assert.isTrue(await (await user.refresh()).verifyPassword(PASSWORD))
  })

  test('is the thief’s no longer once the password is changed', async ({ assert }) => {
    const form = { username: user.username, password: PASSWORD }
    const origin = server.origin()
    const { body } = await new ApiClient().post('/api/token', { form, origin })
    const program = new ApiClient(body.access_token)
    assert.equal((await thief.visit('/account')).path, '/account')
    assert.equal((await changePassword(owner, PASSWORD)).path, '/account')
    assert.match((await thief.visit('/account')).path, /^\/login/)
    assert.equal((await program.get('/api/me', { origin })).status, 401)
  })

  test('is nobody’s once its user logs out everywhere', async ({ assert }) => {
    const phone = await loggedIn(user, new Visitor(undefined, server.origin()))
    await phone.visit('/account')
    await phone.submit('form[action*="/account/sessions"]')
    for (const visitor of [owner, thief, phone]) {
      assert.match((await visitor.visit('/account')).path, /^\/login/)
    }
  })
})
