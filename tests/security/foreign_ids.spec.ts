import { randomUUID } from 'node:crypto'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Address from '#models/address'
import { ApiClient } from '#tests/helpers/api_client'
import { attackedServer } from '#tests/helpers/attacked_server'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { Visitor } from '#tests/helpers/visitor'
import type User from '#models/user'

/** Shops, products and slots are for everybody to look at, to buy from, and to ask for a khata. */
const BUYING = /^\/cart\/|\/(checkout|usual)$|^\/shops\/:shop_id\/khata-requests$/
const PUBLIC = /^\/(api\/)?shops\/:(shop_)?id(\/slots|\/products(\/:(product_)?id)?)?$/
const KEPT = [
  'addresses',
  'shops',
  'products',
  'orders',
  'order_items',
  'khatas',
  'khata_transactions',
  'khata_requests',
  'counter_sales',
]

test.group('Ids of others', (group) => {
  const server = attackedServer(group)
  let ids: Record<string, string>
  let attackers: Record<string, User>

  group.setup(emptyDatabase)
  group.setup(async () => {
    const shop = await createShop()
    const product = await createProduct({ shopId: shop.id })
    const customer = await createUser()
    const khata = await openKhata(shop.id, customer, 100_000)
    const order = await createOrder({ customer, product, paymentMethod: 'khata' })
    const [item] = await order.related('items').query()
    const [transaction] = await db.from('khata_transactions').where('khata_id', khata.id)
    const values = { line: '12 MG Road, Gupta Kirana', pinCode: '452001', mobile: '9876543210' }
    const address = await Address.add(customer, values)
    ids = {
      addresses: address.id,
      shops: shop.id,
      products: product.id,
      orders: order.id,
      items: item.id,
      khatas: khata.id,
      transactions: transaction?.id ?? randomUUID(),
    }
    const rival = await createOwner()
    await createShop({ ownerId: rival.id })
    attackers = { customer: await createUser(), owner: rival }
  })

  /** Every route with an id, filled in with the ids of the people who are attacked. */
  function targets(under: (pattern: string) => boolean) {
    const routes = router.toJSON().root.filter(({ pattern }) => under(pattern))
    return routes.flatMap(({ pattern, methods }) => {
      if (!/:\w*id\b/.test(pattern) || BUYING.test(pattern)) return []
      const path = pattern
        .replace(/([a-z-]+)\/:id/g, (_, things) => `${things}/${ids[things] ?? ids.khatas}`)
        .replace(/:(\w+)_id/g, (_, thing) => ids[`${thing}s`])
      return methods
        .filter((method) => method !== 'HEAD' && !(method === 'GET' && PUBLIC.test(pattern)))
        .map((method) => ({ method, path }))
    })
  }

  async function rows() {
    return Promise.all(KEPT.map((table) => db.from(table).orderBy('id')))
  }

  test('pages change nothing and show nothing of another shop or customer', async ({ assert }) => {
    const before = await rows()
    const pages = targets((pattern) => !pattern.startsWith('/api/'))
    assert.isAbove(pages.length, 40)
    const visitors = [
      new Visitor(undefined, server.origin()),
      await loggedIn(attackers.customer, new Visitor(undefined, server.origin())),
      await loggedIn(attackers.owner, new Visitor(undefined, server.origin())),
    ]
    for (const visitor of visitors) {
      for (const { method, path } of pages) {
        const body = method === 'GET' ? undefined : new URLSearchParams()
        const response = await visitor.send(method, path, body)
        const text = await response.text()
        const refused =
          [403, 404].includes(response.status) ||
          /^\/(login|(owner\/)?shops$|$)/.test(response.headers.get('location') ?? '-')
        assert.isTrue(refused, `${method} ${path}: ${response.status}`)
        assert.notInclude(text, 'Gupta Kirana', `${method} ${path}`)
      }
    }
    assert.deepEqual(await rows(), before)
  })

  test('the API changes nothing and shows nothing of another shop or customer', async ({
    assert,
  }) => {
    const before = await rows()
    const calls = targets((pattern) => pattern.startsWith('/api/'))
    assert.isAbove(calls.length, 6)
    for (const attacker of [null, attackers.customer, attackers.owner]) {
      const token = attacker ? await tokenOf(attacker) : null
      for (const { method, path } of calls) {
        const response = await fetch(new URL(path, server.origin()), {
          method,
          headers: token ? { authorization: `Bearer ${token}` } : {},
        })
        assert.include([401, 403, 404, 422], response.status, `${method} ${path}`)
      }
    }
    assert.deepEqual(await rows(), before)
  })

  async function tokenOf(user: User) {
    const form = { username: user.username, password: 'Pass@1234' }
    const { body } = await new ApiClient().post('/api/token', { form, origin: server.origin() })
    return body.access_token as string
  }
})
