import { test } from '@japa/runner'
import type Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, PASSWORD } from '#tests/helpers/factories'
import { createOrder } from '#tests/helpers/orders'
import { OtlpReceiver, type ReceivedSpan } from '#tests/helpers/otlp_receiver'

const PATIENCE = 60_000
const SAVE = 'PATCH /api/shops/:shop_id/products/:product_id'
const CONFIRM = 'PATCH /api/orders/:id/status'
const MOBILE = '9876598765'
const SECRET = 'zafranipulao'

interface Server {
  origin: string
  stop(): Promise<unknown>
}

interface Deliveries {
  system: string
  works: { 'raise floors': number; 'index documents'?: number }
  /** Resolves when those who work on changes hear of them. */
  areReady?: () => Promise<void>
}

/**
 * @param start a server on the database of the tests, which hears of changes
 * @param options the system that delivers a change, and how often it is worked on, by the name of the work
 */
export function traceContract(
  where: string,
  start: (env: Record<string, string>) => Promise<Server>,
  { system, works, areReady }: Deliveries
) {
  test.group(`A trace, ${where}`, (group) => {
    let receiver: OtlpReceiver
    let server: Server
    let owner: User
    let product: Product
    let client: ApiClient

    group.each.timeout(2 * PATIENCE)
    group.setup(async () => {
      await emptyDatabase()
      receiver = await OtlpReceiver.start()
      server = await start(receiver.environment)
      await soon(hearsOfChanges)
      await areReady?.()
      return async () => {
        await server.stop()
        await receiver.stop()
      }
    })
    group.each.setup(async () => {
      await emptyDatabase()
      owner = await createOwner()
      const shop = await createShop({ ownerId: owner.id })
      product = await createProduct({ shopId: shop.id })
      const form = { username: owner.username, password: PASSWORD }
      const { body } = await new ApiClient().request('POST', '/api/token', { form, ...at() })
      client = new ApiClient(body.access_token)
    })

    /** A change before that may come as part of a snapshot, which has no trace. */
    async function hearsOfChanges() {
      const response = await fetch(`${server.origin}/health/ready`)
      const { changeFeed } = (await response.json()) as { changeFeed: { healthy: boolean } }
      if (!changeFeed.healthy) throw new Error('Nothing heard yet')
    }

    const path = () => `/api/shops/${product.shopId}/products/${product.id}`
    const at = () => ({ origin: server.origin })
    const reprice = (price: number) => client.request('PATCH', path(), { json: { price }, ...at() })

    const attribute = (span: ReceivedSpan, key: string) =>
      String(span.attributes.find((one) => one.key === key)?.value.stringValue)

    const soon = <T>(check: () => T | Promise<T>) => eventually(async () => check(), PATIENCE)

    test('leads from the request of the owner through its statement and the feed to what follows', async ({
      assert,
    }) => {
      assert.equal((await reprice(80)).status, 200)
      await soon(() => {
        const [trace] = receiver.tracesOf(SAVE)
        const named = (name: string | RegExp) => trace.filter((span) => span.name.match(name))
        const parentOf = ({ parentSpanId }: ReceivedSpan) =>
          trace.find(({ spanId }) => spanId === parentSpanId)

        for (const [name, times] of Object.entries(works)) assert.lengthOf(named(name), times)
        for (const span of Object.keys(works).flatMap(named)) {
          const delivered = parentOf(span)!
          assert.equal(delivered.name, 'deliver products')
          assert.equal(attribute(delivered, 'messaging.system'), system)
          const statement = parentOf(delivered)!
          assert.match(attribute(statement, 'db.query.text'), /^update "products" set/i)
          assert.isAtLeast(
            Number(span.endTimeUnixNano),
            Number(delivered.startTimeUnixNano),
            `${span.name} after the commit`
          )
        }
        assert.isNotEmpty(named('tell all processes'))
      })
    })

    test('has the notice to open pages in the request that changed the order', async ({
      assert,
    }) => {
      const { id } = await createOrder({ product })
      const json = { status: 'confirmed' }
      const answer = await client.request('PATCH', `/api/orders/${id}/status`, { json, ...at() })
      assert.equal(answer.status, 200)
      await soon(() => {
        const [trace] = receiver.tracesOf(CONFIRM)
        const told = trace.filter(({ name }) => name === 'tell open pages')
        assert.lengthOf(told, 1)
        assert.equal(trace.find(({ spanId }) => spanId === told[0].parentSpanId)!.name, CONFIRM)
        const within = trace.filter(({ parentSpanId }) => parentSpanId === told[0].spanId)
        const statements = within.map((span) => attribute(span, 'db.query.text')).join()
        assert.match(statements, /select "owner_id" from "shops"/)
      })
    })

    test('is of one change each, also when several are handled at once', async ({ assert }) => {
      const prices = [81, 82, 83, 84, 85]
      const before = receiver.tracesOf(SAVE).length
      await Promise.all(prices.map((price) => reprice(price)))
      await soon(() => {
        const traces = receiver.tracesOf(SAVE)
        assert.lengthOf(traces, before + prices.length)
        for (const trace of traces) {
          assert.lengthOf(
            trace.filter(({ name }) => name === 'raise floors'),
            works['raise floors']
          )
        }
      })
    })

    test('has no personal data: no address, no query, no value', async ({ assert }) => {
      const headers = { 'user-agent': SECRET, 'x-forwarded-for': '203.0.113.9' }
      await fetch(`${server.origin}/search?q=${SECRET}`, { headers })
      await new ApiClient().request('POST', '/api/register', {
        ...at(),
        json: {
          ...{ username: SECRET, password: PASSWORD, role: 'customer', full_name: SECRET },
          ...{ mobile: MOBILE, address: `12 ${SECRET} Road, Ujjain 456001` },
        },
      })
      await fetch(`${server.origin}/shops/${SECRET}`, { headers })
      await soon(() => {
        assert.isNotEmpty(receiver.tracesOf('GET /search'))
        assert.isNotEmpty(receiver.tracesOf('POST /api/register'))
      })
      for (const secret of [SECRET, MOBILE, '203.0.113.9', owner.username, client.token!]) {
        assert.isFalse(receiver.body.includes(secret), secret)
      }
    })

    test('is not begun by a header of a stranger', async ({ assert }) => {
      const stranger = '0af7651916cd43dd8448eb211c80319c'
      const traceparent = `00-${stranger}-b7ad6b7169203331-01`
      const before = receiver.tracesOf('GET /shops').length
      await fetch(`${server.origin}/shops`, { headers: { traceparent } })
      await soon(() => assert.isAbove(receiver.tracesOf('GET /shops').length, before))
      assert.isFalse(receiver.body.includes(stranger))
    })
  })
}
