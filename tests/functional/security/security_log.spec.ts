import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import config from '@adonisjs/core/services/config'
import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { securityLines } from '#tests/helpers/security_lines'
import { Visitor } from '#tests/helpers/visitor'

const SECRET = 'Qwert@98765'

async function tryToLogIn(username: string, password = SECRET) {
  const visitor = new Visitor()
  await visitor.visit('/login')
  return visitor.submit('form[action*="/login"]', { username, password })
}

test.group('The security log', (group) => {
  group.each.setup(emptyDatabase)
  const log = securityLines(group)

  test('tells of a login, of a wrong password and of a logout, by whom and from where', async ({
    assert,
  }) => {
    const asha = await createUser({ username: 'asha' })
    await tryToLogIn('ASHA')
    const visitor = await loggedIn(asha)
    await visitor.submit('form[action*="/logout"]')

    const [failed] = await log.of('login.failed')
    assert.containSubset(failed, {
      account: asha.id,
      reason: 'credentials',
      user: null,
      address: '127.0.0.1',
      route: 'sessions.store',
    })
    assert.match(failed.request, /^[\w-]{20,}$/)
    assert.closeTo(Date.parse(failed.time), Date.now(), 60_000)
    const [succeeded] = await log.of('login.succeeded')
    assert.containSubset(succeeded, { account: asha.id, by: 'page' })
    assert.containSubset((await log.of('logged.out'))[0], { account: asha.id })
  })

  test('has the id of the request that the answer has', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const { headers } = await tryToLogIn('asha')
    const [{ request }] = await log.of('login.failed')
    assert.equal(request, headers.get('x-request-id'))
  })

  test('never has a name that nobody has, a password, or the id of a session or token', async ({
    assert,
  }) => {
    const asha = await createUser({ username: 'asha' })
    await tryToLogIn('MyPassword@1')
    await new ApiClient().post('/api/token', {
      form: { username: 'Hunter2-typed', password: SECRET },
    })
    const visitor = await loggedIn(asha)
    const api = await ApiClient.of(asha)
    await api.delete('/api/token')
    await api.get('/api/me')

    const failed = await log.of('login.failed')
    assert.deepEqual(
      failed.map(({ account }) => account),
      [null, null]
    )
    const text = await log.text()
    for (const secret of [
      'MyPassword',
      'Hunter2',
      SECRET,
      PASSWORD,
      api.token!.slice(-20),
      'asha',
    ]) {
      assert.notInclude(text, secret)
    }
    assert.notInclude(text, visitor.cookies.get('kirana_session')!)
  })

  test('tells of programs that log in, and of tokens that are given back or refused', async ({
    assert,
  }) => {
    const asha = await createUser()
    const api = await ApiClient.of(asha)
    await api.delete('/api/token')
    await api.get('/api/me')
    await new ApiClient().get('/api/me')

    assert.containSubset((await log.of('login.succeeded'))[0], { account: asha.id, by: 'token' })
    assert.containSubset((await log.of('token.revoked'))[0], { account: asha.id, user: asha.id })
    const refused = await log.of('token.refused')
    assert.lengthOf(refused, 1)
    assert.equal(refused[0].route, 'api.profile.show')
  })

  test('tells of limits that were reached, and of names that are guessed at from everywhere', async ({
    assert,
    cleanup,
  }) => {
    const { id } = await createUser({ username: 'asha' })
    for (let guess = 0; guess < 11; guess++) await tryToLogIn('asha')
    const [reached] = await log.of('limit.reached')
    assert.containSubset(reached, { limit: 10, route: 'sessions.store', address: '127.0.0.1' })

    await limiter.clear()
    const before = config.get('logins.strangersWait')
    cleanup(() => config.set('logins.strangersWait', before))
    config.set('logins.strangersWait', 1)
    await limiter.use({ requests: 30, duration: '15 mins' }).set('guesses:asha', 30, '15 mins')
    await tryToLogIn('asha')
    assert.containSubset((await log.of('login.slowed'))[0], { account: id })
  })

  test('tells of every request for a foreign id', async ({ assert }) => {
    const shop = await createShop()
    const product = await createProduct({ shopId: shop.id })
    const customer = await createUser()
    const khata = await openKhata(shop.id, customer, 100_000)
    const order = await createOrder({ customer, product })
    const rival = await createOwner()
    const rivalShop = await createShop({ ownerId: rival.id })
    const asked = [
      [`/owner/shops/${shop.id}`, 'Shop', shop.id],
      [`/owner/shops/${rivalShop.id}/products/${product.id}`, 'Product', product.id],
      [`/orders/${order.id}`, 'Order', order.id],
      [`/khatas/${khata.id}`, 'Khata', khata.id],
    ]
    const visitor = await loggedIn(rival)
    for (const [path] of asked) assert.equal((await visitor.visit(path)).status, 404)
    const api = await ApiClient.of(rival)
    assert.equal((await api.delete(`/api/shops/${shop.id}`)).status, 404)

    const lines = await log.of('access.refused')
    assert.deepEqual(
      lines.map(({ what, user }) => [what, user]),
      [...asked.map(([, what]) => [what, rival.id]), ['Shop', rival.id]]
    )
    for (const [index, [, , id]] of asked.entries()) assert.include(lines[index].ids, id)
  })

  test('tells of those who try what only another role may', async ({ assert }) => {
    const visitor = await loggedIn(await createUser())
    assert.equal((await visitor.visit('/owner/shops')).status, 404)
    const api = await ApiClient.of(await createUser())
    assert.equal((await api.get('/api/debug/db')).status, 403)
    assert.deepEqual(
      (await log.of('access.refused')).map(({ what }) => what),
      ['page', 'role']
    )
  })

  test('does not tell of old links and of typing errors', async ({ assert }) => {
    const visitor = await loggedIn(await createOwner())
    await visitor.visit(`/owner/shops/${randomUUID()}`)
    await visitor.visit(`/shops/${randomUUID()}`)
    await visitor.visit('/nowhere')
    await new Visitor().visit('/owner/shops')
    assert.isEmpty(await log.of('access.refused'))
  })

  test('tells of requests from elsewhere', async ({ assert }) => {
    const visitor = await loggedIn(await createUser())
    const from = { 'sec-fetch-site': 'cross-site' }
    const answer = await visitor.request('POST', '/logout', new URLSearchParams(), from)
    assert.equal(answer.status, 403)
    assert.containSubset((await log.of('request.forged'))[0], { why: 'foreign' })
  })

  test('tells of accounts that are made, and of roles that change', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit('/register/customer')
    await visitor.submit('form[action*="/register"]', {
      username: 'meera',
      password: SECRET,
      password_confirmation: SECRET,
      full_name: 'Meera',
      address: '12 MG Road, Indore 452001',
      mobile: '9876543210',
    })
    const user = await User.findByOrFail('username', 'meera')
    await user.merge({ role: 'shopowner' }).save()
    assert.containSubset((await log.of('account.created'))[0], {
      account: user.id,
      role: 'customer',
    })
    assert.containSubset((await log.of('role.changed'))[0], { account: user.id, role: 'shopowner' })
  })

  test('tells of a password that is changed, or was wrong, and of logging out everywhere', async ({
    assert,
  }) => {
    const asha = await createUser()
    const visitor = await loggedIn(asha)
    const form = 'form[action*="/account/password"]'
    for (const current of ['Wrong@98765', PASSWORD]) {
      await visitor.visit('/account/password')
      await visitor.submit(form, {
        current_password: current,
        password: SECRET,
        password_confirmation: SECRET,
      })
    }
    assert.containSubset((await log.of('login.failed'))[0], { account: asha.id, user: asha.id })
    assert.containSubset((await log.of('password.changed'))[0], { account: asha.id, user: asha.id })
    await visitor.visit('/account')
    await visitor.submit('form[action*="/account/sessions"]')
    assert.containSubset((await log.of('sessions.ended'))[0], { account: asha.id })
    assert.notInclude(await log.text(), SECRET)
  })

  test('tells of a login to a blocked account', async ({ assert }) => {
    const asha = await createUser()
    await asha.block()
    await tryToLogIn(asha.username, PASSWORD)
    assert.containSubset((await log.of('login.failed'))[0], { account: asha.id, reason: 'blocked' })
  })

  test('lies in a file of the day that others cannot read', async ({ assert }) => {
    await tryToLogIn('nobody')
    await log.text()
    const day = new Date().toISOString().slice(0, 10)
    const { mode } = await stat(join(log.directory(), `security-${day}.jsonl`))
    assert.equal(mode & 0o777, 0o600)
  })
})
