import config from '@adonisjs/core/services/config'
import db from '@adonisjs/lucid/services/db'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { Cache } from '#caches/cache'
import type Product from '#models/product'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { ASKS, comparable, countAsked, look, readyAt, type Headers } from '#tests/helpers/ready'

const leftIn = ({ headers }: Awaited<ReturnType<typeof look>>) =>
  Number(/r=(\d+)/.exec(String(headers.ratelimit))![1])

test.group('An answer of the API that is ready', (group) => {
  let product: Product
  let user: User
  let bearer: Headers
  let paths: string[]

  const bearerOf = async (someone: User) => {
    const { token } = await ApiClient.of(someone)
    return { authorization: `Bearer ${token}` }
  }

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan', pricePaise: 5_200, stock: 20 })
    user = await createUser({ fullName: 'Asha Verma' })
    bearer = await bearerOf(user)
    const products = `/api/shops/${product.shopId}/products/`
    paths = ['/api/me', '/api/shops/?limit=10', products, '/api/search?q=besan']
    await eventually(async () => {
      if (!(await look(products, bearer)).text.includes('Besan')) throw new Error('not there yet')
    })
    return countAsked()
  })

  test('is sent without the application, with the answer that the application gives', async ({
    assert,
  }) => {
    const kinds: Headers[] = [
      {},
      { 'accept-encoding': 'gzip' },
      { 'accept-encoding': 'br' },
      { 'accept': 'application/json', 'accept-language': 'hi' },
      { accept: '*/*', cookie: 'locale=hi' },
      { origin: 'https://elsewhere.example' },
      { 'x-forwarded-proto': 'https' },
      { range: 'bytes=0-10' },
    ]
    for (const path of paths) {
      for (const kind of kinds) {
        const headers = { ...bearer, ...kind }
        const what = `${path} ${JSON.stringify(kind)}`
        const ready = await readyAt(path, headers)
        const { etag } = ready.headers
        for (const known of ['"other"', etag!]) {
          const again = await look(path, { ...headers, 'if-none-match': known })
          const ordinary = await look(path, { ...headers, 'if-none-match': known, ...ASKS })
          assert.isTrue(again.isReady, what)
          assert.isFalse(ordinary.isReady, what)
          assert.equal(again.status, known === etag ? 304 : 200)
          assert.equal(again.status, ordinary.status)
          assert.deepEqual(comparable(again), comparable(ordinary), what)
          assert.isTrue(again.text === ordinary.text, what)
        }
      }
    }
  })

  test('is one request of those that the user may send', async ({ assert, cleanup }) => {
    const left = leftIn(await readyAt('/api/me', bearer))
    assert.equal(leftIn(await look('/api/me', bearer)), left - 1)
    assert.equal(leftIn(await look('/api/me', { ...bearer, ...ASKS })), left - 2)
    const usual = config.get('api.requestsPerMinute')
    cleanup(() => config.set('api.requestsPerMinute', usual))
    config.set('api.requestsPerMinute', 5)
    const other = await bearerOf(await createUser())
    const statuses = []
    for (let number = 0; number < 7; number++) {
      statuses.push((await look('/api/me', other)).status)
    }
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429])
  })

  test('is for its token, and for clients that take JSON', async ({ assert }) => {
    const other = await bearerOf(await createUser({ fullName: 'Ravi Kumar' }))
    assert.include((await readyAt('/api/me', bearer)).text, 'Asha')
    assert.include((await readyAt('/api/me', other)).text, 'Ravi')
    const refused: [Headers, number][] = [
      [{}, 401],
      [{ authorization: `${bearer.authorization}x` }, 401],
      [{ authorization: bearer.authorization.slice(7) }, 401],
      [{ ...bearer, accept: 'text/html' }, 406],
    ]
    for (const [headers, status] of refused) {
      for (let round = 0; round < 2; round++) {
        const page = await look('/api/me', headers)
        assert.isFalse(page.isReady)
        assert.equal(page.status, status)
      }
    }
  })

  test('is not sent after the token, the user or the logins have ended', async ({ assert }) => {
    for (const path of paths) {
      const token = await bearerOf(user)
      await readyAt(path, token)
      const client = new ApiClient(token.authorization.replace('Bearer ', ''))
      assert.equal((await client.delete('/api/token')).status, 204)
      assert.equal((await look(path, token)).status, 401, path)
    }
    for (const path of paths) await readyAt(path, bearer)
    await db.from('users').where('id', user.id).update({ blocked_at: new Date() })
    await announced()
    for (const path of paths) assert.equal((await look(path, bearer)).status, 401, path)
  })

  test('shows a name that was changed', async ({ assert }) => {
    await readyAt('/api/me', bearer)
    await db.from('users').where('id', user.id).update({ full_name: 'Asha Sharma' })
    await announced()
    assert.include((await look('/api/me', bearer)).text, 'Asha Sharma')
    assert.include((await readyAt('/api/me', bearer)).text, 'Asha Sharma')
  })

  test('of a demo account is sent only where these are on', async ({ assert, cleanup }) => {
    const demo = await createUser({ isDemo: true })
    cleanup(() => config.set('demo.open', undefined))
    config.set('demo.open', true)
    const token = await bearerOf(demo)
    await readyAt('/api/me', token)
    config.set('demo.open', false)
    assert.notEqual((await look('/api/me', token)).status, 200)
    config.set('demo.open', undefined)
    const forwarded = { ...token, 'x-forwarded-for': '203.0.113.7' }
    assert.notEqual((await look('/api/me', forwarded)).status, 200)
  })

  test('shows a price that was changed with psql as soon as that was announced', async ({
    assert,
  }) => {
    const cache = await app.container.make(Cache)
    const [, , products] = paths
    const key = `products:${product.shopId}`
    const field = 'listing:100:'
    for (let rupees = 53; rupees < 56; rupees++) {
      await readyAt(products, bearer)
      const before = cache.versionOf(key, field)
      assert.isNotNull(before)
      await db
        .from('products')
        .where('id', product.id)
        .update({ price_paise: rupees * 100 })
      await eventually(() => {
        if (cache.versionOf(key, field) === before) throw new Error('not announced yet')
      })
      assert.equal(JSON.parse((await look(products, bearer)).text)[0].price, rupees)
    }
  })
})
