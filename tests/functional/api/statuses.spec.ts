import { randomUUID } from 'node:crypto'
import app from '@adonisjs/core/services/app'
import config from '@adonisjs/core/services/config'
import router from '@adonisjs/core/services/router'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import type { RouteJSON } from '@adonisjs/core/types/http'
import { issueToken } from '#tokens/token_users'
import { describeApi, methodOf } from '#api/openapi'
import { Announcements } from '#replication/announcements'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOrder, moveTo } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'

type Options = NonNullable<Parameters<ApiClient['request']>[2]>

const AWAY = 503

/** A request that its operation answers as it should. */
interface Wish extends Options {
  as?: ApiClient
  path: string
}

let owner: User
let customer: User
let asOwner: ApiClient
let asCustomer: ApiClient
let asAdmin: ApiClient
let demo: User
let asDemo: ApiClient

async function withTokenOf(user: User, options?: { admin: boolean }) {
  const { value } = await issueToken(user, options)
  return new ApiClient(value!.release())
}

const allowShops = (most: number) => config.set('orders.allowance.shops', most)

const aShop = () => createShop({ ownerId: owner.id })

async function aProduct() {
  return createProduct({ shopId: (await aShop()).id })
}

async function anOrder() {
  return createOrder({ customer, product: await aProduct() })
}

/** What is asked of each operation. Ids are of rows that only this request touches. */
const WISHES: Record<string, () => Wish | Promise<Wish>> = {
  'api.accounts.store': () => {
    const username = `user-${randomUUID().slice(0, 8)}`
    const account = { username, password: PASSWORD, role: 'customer', mobile: '9876501234' }
    return { path: '/api/register', json: { ...account, full_name: 'Meena', address: 'Ujjain' } }
  },
  'api.tokens.store': () => {
    return { path: '/api/token', form: { username: customer.username, password: PASSWORD } }
  },
  'api.tokens.destroy': async () => {
    return { as: await withTokenOf(customer), path: '/api/token' }
  },
  'api.profile.show': () => ({ as: asCustomer, path: '/api/me' }),
  'api.searches.show': () => ({ as: asCustomer, path: '/api/search?q=besan' }),
  'api.shops.index': async () => {
    await aShop()
    return { as: asCustomer, path: '/api/shops' }
  },
  'api.shops.store': () => {
    allowShops(500)
    return { as: asOwner, path: '/api/shops', form: { name: 'Apna', city: 'Pune' } }
  },
  'api.shops.show': async () => ({ as: asCustomer, path: `/api/shops/${(await aShop()).id}` }),
  'api.slots.index': async () => {
    return { as: asCustomer, path: `/api/shops/${(await aShop()).id}/slots` }
  },
  'api.shops.destroy': async () => ({ as: asOwner, path: `/api/shops/${(await aShop()).id}` }),
  'api.products.index': async () => {
    return { as: asCustomer, path: `/api/shops/${(await aProduct()).shopId}/products` }
  },
  'api.products.store': async () => {
    const json = { name: 'Maida', price: 40.5 }
    return { as: asOwner, path: `/api/shops/${(await aShop()).id}/products`, json }
  },
  'api.products.update': async () => {
    const { id, shopId } = await aProduct()
    const json = { name: 'Maida', price: 40.5 }
    return { as: asOwner, path: `/api/shops/${shopId}/products/${id}`, json }
  },
  'api.products.show': async () => {
    const { id, shopId } = await aProduct()
    return { as: asCustomer, path: `/api/shops/${shopId}/products/${id}` }
  },
  'api.products.patch': async () => {
    const { id, shopId } = await aProduct()
    const json = { name: 'Maida', stock_change: 12 }
    return { as: asOwner, path: `/api/shops/${shopId}/products/${id}`, json }
  },
  'api.products.destroy': async () => {
    const { id, shopId } = await aProduct()
    return { as: asOwner, path: `/api/shops/${shopId}/products/${id}` }
  },
  'api.orders.index': async () => {
    await anOrder()
    return { as: asCustomer, path: '/api/orders/me' }
  },
  'api.orders.store': async () => {
    const { id, shopId } = await aProduct()
    const json = { shop_id: shopId, items: [{ product_id: id }] }
    return { as: asCustomer, path: '/api/orders', json }
  },
  'api.orders.show': async () => ({
    as: asCustomer,
    path: `/api/orders/${(await anOrder()).id}`,
  }),
  'api.orders.update': async () => {
    const json = { note: 'Ring twice' }
    return { as: asCustomer, path: `/api/orders/${(await anOrder()).id}`, json }
  },
  'api.order_cancellations.store': async () => {
    return { as: asCustomer, path: `/api/orders/${(await anOrder()).id}/cancel` }
  },
  'api.order_statuses.update': async () => {
    const json = { status: 'confirmed' }
    return { as: asOwner, path: `/api/orders/${(await anOrder()).id}/status`, json }
  },
  'api.order_items.update': async () => {
    return { as: asOwner, path: await pathOfItem(), json: { quantity: 1.05 } }
  },
  'api.weight_answers.store': async () => {
    const path = await pathOfItem()
    await asOwner.patch(path, { quantity: 1.3 })
    const json = { answer: 'agree', base_asked_quantity: 1300 }
    return { as: asCustomer, path: `${path}/answer`, json }
  },
  'api.bills.show': async () => {
    const { id } = await moveTo(await anOrder(), 'delivered', owner)
    return { as: asCustomer, path: `/api/orders/${id}/bill` }
  },
  'api.database.show': () => ({ as: asAdmin, path: '/api/debug/db' }),
}

/** Of a kilo of an order that is packed now. */
async function pathOfItem() {
  const { id: shopId } = await aShop()
  const product = await createProduct({ shopId, soldAs: 'loose', unit: 'kg', stock: 5000 })
  const order = await createOrder({ customer, product, quantity: 1000 })
  const { id } = await moveTo(order, 'accepted', owner)
  const [item] = await order.related('items').query()
  return `/api/orders/${id}/items/${item.id}`
}

async function takeName(wish: Wish) {
  const json = { name: 'Maida', price: 40.5 }
  await asOwner.post(wish.path.replace(/\/[^/]+$/, ''), { json })
  return wish
}

/** A client that knows the row as it was when it had this ETag. */
function read(etag: string) {
  return (wish: Wish): Wish => ({ ...wish, headers: { 'if-match': etag } })
}

/** What can go wrong with one operation alone. */
const TROUBLES: Record<string, ((wish: Wish) => Wish | Promise<Wish>)[]> = {
  'api.shops.store': [
    (wish) => {
      allowShops(0)
      return wish
    },
  ],
  'api.shops.destroy': [
    async (wish) => ({ ...wish, path: `/api/shops/${(await anOrder()).shopId}` }),
  ],
  'api.products.store': [
    async (wish) => {
      await asOwner.post(wish.path, { json: wish.json })
      return wish
    },
  ],
  'api.products.update': [takeName, read('"of another time"')],
  'api.products.patch': [
    takeName,
    read('"of another time"'),
    (wish) => ({ ...wish, json: { price: 0 } }),
  ],
  'api.shops.show': [(wish) => ({ ...wish, path: `${wish.path}?pin_code=none` })],
  'api.tokens.store': [
    (wish) => ({ ...wish, form: { username: demo.username, password: PASSWORD } }),
  ],
  'api.orders.store': [
    (wish) => ({ ...wish, json: { ...(wish.json as object), shop_id: randomUUID() } }),
    (wish) => {
      const order = wish.json as { items: object[] }
      return { ...wish, json: { ...order, items: [{ ...order.items[0], quantity: 99 }] } }
    },
    async (wish) => {
      const headers = { 'idempotency-key': randomUUID() }
      await asCustomer.post(wish.path, { json: wish.json, headers })
      const json = { ...(wish.json as object), note: 'Ring twice' }
      return { ...wish, json, headers }
    },
  ],
  'api.orders.update': [
    (wish) => ({ ...wish, json: { most_total: 1 } }),
    (wish) => ({ ...wish, json: { pin_code: 'none' } }),
    read('"of another time"'),
  ],
  'api.order_items.update': [
    async (wish) => {
      await asOwner.patch(wish.path.replace(/items.*/, 'status'), { status: 'packed' })
      return wish
    },
    read('"of another time"'),
  ],
  'api.weight_answers.store': [
    (wish) => ({ ...wish, json: { answer: 'agree', base_asked_quantity: 1 } }),
  ],
  'api.order_statuses.update': [
    (wish) => ({ ...wish, json: { status: 'delivered' } }),
    read('"of another time"'),
  ],
}

const JSON_TYPE = { 'content-type': 'application/json' }
const bodiless = ({ as, path }: Wish) => ({ as, path })

/** What can go wrong with any. */
const USUAL_TROUBLES: ((wish: Wish) => Wish | Promise<Wish>)[] = [
  (wish) => wish,
  (wish) => ({ ...wish, as: new ApiClient() }),
  (wish) => ({ ...wish, as: asDemo }),
  async (wish) => ({ ...wish, as: await withTokenOf(wish.as === asOwner ? customer : owner) }),
  (wish) => ({ ...wish, path: wish.path.replace(/[0-9a-f]{8}-[^/]+/g, () => randomUUID()) }),
  (wish) => ({ ...wish, path: wish.path.replace(/[0-9a-f]{8}-[^/]+/g, '%ff') }),
  (wish) => ({ ...wish, headers: { accept: 'text/html' } }),
  (wish) => ({ ...wish, headers: { 'if-none-match': '*' } }),
  (wish) => ({ ...wish, path: `${wish.path.split('?')[0]}?cursor=nonsense` }),
]

const USUAL_TROUBLES_OF_BODIES: ((wish: Wish) => Wish)[] = [
  (wish) => ({ ...bodiless(wish), json: {} }),
  (wish) => ({ ...bodiless(wish), form: { nothing: 'of use' } }),
  (wish) => ({ ...bodiless(wish), headers: JSON_TYPE, text: '{' }),
  (wish) => ({ ...bodiless(wish), headers: JSON_TYPE, text: `"${'a'.repeat(100_000)}"` }),
  (wish) => ({ ...bodiless(wish), headers: { 'content-type': 'text/plain' }, text: 'besan' }),
]

const routes = () => router.toJSON().root.filter(({ name }) => name?.startsWith('api.'))

const request = (method: string, { as = new ApiClient(), path, ...options }: Wish) =>
  as.request(method, path, options)

async function answerOf(method: string, wish: Wish) {
  if (method === 'GET') await standbyCaughtUp()
  return (await request(method, wish)).status
}

test.group('The description of each operation', (group) => {
  group.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    asOwner = await withTokenOf(owner)
    asCustomer = await withTokenOf(customer)
    asAdmin = await withTokenOf(customer, { admin: true })
    demo = await createUser({ isDemo: true })
    asDemo = await withTokenOf(demo)
  })
  group.setup(() => {
    config.set('demo.open', false)
    return () => config.set('demo.open', undefined)
  })
  group.each.setup(() => limiter.clear())
  group.each.setup(() => {
    const usual = config.get<number>('orders.allowance.shops')
    return () => allowShops(usual)
  })

  test('has the statuses that {name} answers with, and no other')
    .with(routes)
    .run(async ({ assert, cleanup }, route) => {
      const method = methodOf(route).toUpperCase()
      const wish = WISHES[route.name!]
      const seen = new Set<number>()
      const troubles = [
        ...USUAL_TROUBLES,
        ...(method === 'GET' ? [] : USUAL_TROUBLES_OF_BODIES),
        ...(TROUBLES[route.name!] ?? []),
      ]
      for (const trouble of troubles) seen.add(await answerOf(method, await trouble(await wish())))

      cleanup(limitRequests())
      for (let number = 0; number < 25 && !seen.has(429); number++) {
        seen.add(await answerOf(method, await wish()))
      }
      assert.sameMembers([...seen, AWAY], documentedStatuses(route))
    })

  test('has the status of a database that is away', async ({ assert, cleanup }) => {
    const asked: [string, Wish][] = []
    for (const route of routes()) {
      asked.push([methodOf(route).toUpperCase(), await WISHES[route.name!]()])
    }
    cleanup(await takeDatabaseAway())
    for (const [method, wish] of asked) {
      const { status, headers } = await request(method, wish)
      assert.equal(status, AWAY, `${method} ${wish.path}`)
      assert.isAbove(Number(headers.get('retry-after')), 0)
    }
  })
})

function documentedStatuses(route: RouteJSON) {
  const { paths } = describeApi(router.toJSON().root)
  const operation = paths[route.pattern.replace(/:(\w+)/g, '{$1}')][methodOf(route)]
  return Object.keys((operation as { responses: object }).responses).map(Number)
}

function limitRequests() {
  const usual = config.get('api.requestsPerMinute')
  config.set('api.requestsPerMinute', 1)
  return () => config.set('api.requestsPerMinute', usual)
}

/**
 * Nobody listens where the primary and its replica should be, and nothing that is held of tokens counts.
 * The usual connections stay as they are, for others, such as the locks, hold on to them.
 */
async function takeDatabaseAway() {
  const { manager } = db
  const usual = ['primary', 'replica'].map((name) => manager.get(name)!)
  const announcements = await app.container.make(Announcements)
  const nowhere = { client: 'pg', connection: { host: '127.0.0.1', port: 1 } } as const
  for (const { name } of usual) {
    manager.connections.set(name, { name, config: nowhere, state: 'registered' })
  }
  await announcements.stop()
  return async () => {
    for (const node of usual) {
      await manager.close(node.name)
      manager.connections.set(node.name, node)
    }
    await announcements.start()
  }
}
