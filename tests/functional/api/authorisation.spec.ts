import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import type { RouteJSON } from '@adonisjs/core/types/http'
import type Order from '#models/order'
import type Product from '#models/product'
import { methodOf } from '#api/openapi'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOrder } from '#tests/helpers/orders'
import { createOwner, createProduct, createUser } from '#tests/helpers/factories'

/** Who asks needs no token there, for it is how one gets one. */
const OPEN = ['api.accounts.store', 'api.tokens.store']

/** The role that the route is for, if it is for one. */
function roleOf({ middleware }: RouteJSON) {
  for (const entry of middleware.all()) {
    if ('name' in entry && entry.name === 'role') return (entry as { args?: any }).args.only
  }
}

const routes = () => router.toJSON().root.filter(({ name }) => name?.startsWith('api.'))

test.group('API authorisation, for every route there is', (group) => {
  let product: Product
  let order: Order

  group.setup(async () => {
    await emptyDatabase()
    product = await createProduct()
    order = await createOrder({ product })
  })

  const pathOf = (pattern: string) =>
    pattern
      .replace('/orders/:id', `/orders/${order.id}`)
      .replace(':shop_id', product.shopId)
      .replace(':product_id', product.id)
      .replace(':item_id', product.id)
      .replace(':id', product.shopId)

  test('without a token the answer is 401', async ({ assert }) => {
    const guarded = routes().filter(({ name }) => !OPEN.includes(name!))
    assert.isAbove(guarded.length, 8)
    for (const route of guarded) {
      const method = methodOf(route).toUpperCase()
      const answer = await new ApiClient().request(method, pathOf(route.pattern))
      assert.equal(answer.status, 401, `${method} ${route.pattern}`)
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
    }
  })

  test("with another owner's ids the answer is 404", async ({ assert }) => {
    const owner = await ApiClient.of(await createOwner())
    const customer = await ApiClient.of(await createUser())
    const named = routes().filter(({ pattern }) => pattern.includes('/:'))
    assert.isAbove(named.length, 8)
    for (const route of named) {
      const method = methodOf(route).toUpperCase()
      const stranger = roleOf(route) === 'customer' ? customer : owner
      const json = { name: 'Mine now', price: 1, status: 'confirmed' }
      const body = method === 'GET' ? {} : { json }
      const { status } = await stranger.request(method, pathOf(route.pattern), body)
      assert.equal(status, 404, `${method} ${route.pattern}`)
    }
    await product.refresh()
    assert.notEqual(product.name, 'Mine now')
    assert.equal((await order.refresh()).state, 'placed')
  })

  test("a customer sees no other customer's order", async ({ assert }) => {
    const customer = await ApiClient.of(await createUser())
    assert.equal((await customer.get(`/api/orders/${order.id}`)).status, 404)
    assert.deepEqual((await customer.get('/api/orders/me')).body, [])
  })

  test('a customer changes nothing of a shop', async ({ assert }) => {
    const customer = await ApiClient.of(await createUser())
    const changing = routes().filter((route) => {
      return route.pattern.includes('/shops') && methodOf(route) !== 'get'
    })
    assert.isAbove(changing.length, 4)
    for (const route of changing) {
      const method = methodOf(route).toUpperCase()
      const { status } = await customer.request(method, pathOf(route.pattern))
      assert.equal(status, 403, `${method} ${route.pattern}`)
    }
  })

  test('no user is an admin by their password', async ({ assert }) => {
    for (const user of [await createUser(), await createOwner()]) {
      assert.equal((await (await ApiClient.of(user)).get('/api/debug/db')).status, 403)
    }
  })

  test('a session cookie opens nothing', async ({ assert }) => {
    const headers = { cookie: 'kirana_session=anything' }
    const { status, headers: sent } = await new ApiClient().get('/api/me', { headers })
    assert.equal(status, 401)
    assert.isEmpty(sent.getSetCookie())
  })
})
