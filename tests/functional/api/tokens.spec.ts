import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import Order from '#models/order'
import { issueToken } from '#tokens/token_users'
import { methodOf } from '#api/openapi'
import { ApiClient } from '#tests/helpers/api_client'
import { billed } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { createOwner, createProduct, createUser, PASSWORD } from '#tests/helpers/factories'

const ACCOUNT = {
  username: 'meena',
  password: PASSWORD,
  role: 'customer',
  full_name: 'Meena Joshi',
  address: '4 Station Road, Ujjain 456001',
  mobile: '9876501234',
}

const register = (values = {}) =>
  new ApiClient().post('/api/register', { json: { ...ACCOUNT, ...values } })

test.group('API accounts and tokens', (group) => {
  group.each.setup(emptyDatabase)

  test('who has registered gets a token and is known by it', async ({ assert }) => {
    const { status, body } = await register()
    assert.equal(status, 201)
    assert.deepEqual(body, { msg: 'User registered successfully' })
    const form = { username: 'meena', password: PASSWORD }
    const token = await new ApiClient().post('/api/token', { form })
    assert.equal(token.body.token_type, 'bearer')
    const me = await new ApiClient(token.body.access_token).get('/api/me/')
    const { password, ...known } = ACCOUNT
    assert.deepEqual(me.body, known)
  })

  test('a role outside the two, a taken name and bad input are refused with 400', async ({
    assert,
  }) => {
    await register()
    assert.equal(
      (await register()).body.detail,
      'This username is already taken. Choose another one.'
    )
    for (const values of [
      { username: 'other', role: 'admin' },
      { username: 'other', mobile: '12' },
      { username: 'other', password: 'short' },
      { username: undefined },
    ]) {
      const { status, body } = await register(values)
      assert.equal(status, 400)
      assert.isString(body.detail)
    }
  })

  test('characters are counted as the description of the API counts them', async ({ assert }) => {
    assert.equal((await register({ password: 'Aa@1😀😀😀' })).status, 400)
    assert.equal((await register({ full_name: '😀'.repeat(101) })).status, 400)
    assert.equal((await register({ full_name: '😀'.repeat(100) })).status, 201)
  })

  test('a wrong password gets no token', async ({ assert }) => {
    await register()
    const form = { username: 'meena', password: 'Wrong@1234' }
    const { status, body } = await new ApiClient().post('/api/token', { form })
    assert.equal(status, 400)
    assert.equal(body.detail, 'Incorrect username or password')
  })

  test('no token, a made-up one and one with another secret are refused', async ({ assert }) => {
    const user = await createUser()
    const { token } = await ApiClient.of(user)
    const [id] = token!.split('.')
    const guesses = [null, user.username, 'kirana_x.y', `${id}.c2VjcmV0`, `${token}x`]
    for (const guess of guesses) {
      const { status, headers } = await new ApiClient(guess).get('/api/me')
      assert.equal(status, 401, String(guess))
      assert.equal(headers.get('www-authenticate'), 'Bearer')
    }
  })

  test('only a hash of the token is stored', async ({ assert }) => {
    const { token } = await ApiClient.of(await createUser())
    const secret = Buffer.from(token!.split('.')[1], 'base64url').toString()
    const { rows } = await db.rawQuery('SELECT row_to_json(t)::text AS text FROM access_tokens t')
    assert.lengthOf(rows, 1)
    assert.notInclude(rows[0].text, secret)
  })

  test('a revoked token is refused by the next request', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    const other = await ApiClient.of(await createUser())
    assert.equal((await client.get('/api/me')).status, 200)
    assert.equal((await client.delete('/api/token')).status, 204)
    assert.equal((await client.get('/api/me')).status, 401)
    assert.equal((await other.get('/api/me')).status, 200)
  })

  test('a token that another process deleted is refused as soon as that is announced', async ({
    assert,
  }) => {
    const client = await ApiClient.of(await createUser())
    assert.equal((await client.get('/api/me')).status, 200)
    await db.rawQuery('DELETE FROM access_tokens')
    await eventually(async () => assert.equal((await client.get('/api/me')).status, 401), 1_000)
  })

  test('an expired token is refused, also when it is in the cache', async ({ assert }) => {
    const client = await ApiClient.of(await createUser())
    await db.rawQuery(`UPDATE access_tokens SET expires_at = now() + interval '1500 ms'`)
    await eventually(async () => assert.equal((await client.get('/api/me')).status, 200))
    await eventually(async () => assert.equal((await client.get('/api/me')).status, 401), 5_000)
  })

  test('reading writes nothing to the database and does not ask it again for the token', async ({
    assert,
  }) => {
    const customer = await createUser()
    const { orderId } = await billed(await createOwner(), { customer })
    const order = await Order.findOrFail(orderId)
    const [{ productId }] = await order.related('items').query()
    const client = new ApiClient((await issueToken(customer, { admin: true })).value!.release())
    const ids: Record<string, string> = { '/orders/:id': order.id, '/shops/:id': order.shopId! }
    const paths = router
      .toJSON()
      .root.filter((route) => route.name?.startsWith('api.') && methodOf(route) === 'get')
      .map(({ pattern }) =>
        pattern
          .replace(':shop_id', order.shopId!)
          .replace(':product_id', productId!)
          .replace(/\/\w+\/:id/, (part) => part.replace(':id', ids[part]))
      )
    const readAll = async () => {
      for (const path of paths) {
        const { status } = await client.get(path === '/api/search' ? `${path}?q=besan` : path)
        assert.equal(status, 200, path)
      }
    }
    assert.isAbove(paths.length, 7)
    await standbyCaughtUp()
    await readAll()
    const statements = await statementsDuring(readAll)
    assert.isNotEmpty(statements)
    assert.isEmpty(statements.filter((sql) => /access_tokens|users/.test(sql)))
    assert.isEmpty(statements.filter((sql) => /^\s*(insert|update|delete)/i.test(sql)))
  })

  test('what is cached is read without the database', async ({ assert }) => {
    const { id, shopId } = await createProduct()
    const client = await ApiClient.of(await createUser())
    await standbyCaughtUp()
    const readAll = async () => {
      await client.get('/api/me')
      await client.get('/api/shops/')
      await client.get(`/api/shops/${shopId}`)
      const { body } = await client.get(`/api/shops/${shopId}/products/`)
      assert.equal(body[0].id, id)
    }
    // The change feed works beside the readings: its heartbeat, and what is announced of the rows made above.
    await eventually(async () => assert.deepEqual(await statementsDuring(readAll), []))
  })
})

async function statementsDuring(work: () => Promise<void>) {
  const statements: string[] = []
  const listen = ({ sql }: { sql: string }) => statements.push(sql)
  const clients = ['primary', 'replica'].map((name) => db.connection(name))
  for (const client of clients) client.getReadClient().on('query', listen)
  await work()
  for (const client of clients) client.getReadClient().off('query', listen)
  await delay(0)
  return statements
}
