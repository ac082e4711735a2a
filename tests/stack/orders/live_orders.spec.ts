import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Transmit } from '@boringnode/transmit'
import { test } from '@japa/runner'
import { redisTransport } from '#config/transmit'
import Order from '#models/order'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { emptyDatabase } from '#tests/helpers/database'
import { EventStream } from '#tests/helpers/event_stream'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { RedisServer } from '#tests/helpers/redis_server'
import { Visitor } from '#tests/helpers/visitor'

/** What one process of several has, with one page that follows a channel in it. */
async function startProcess(url: string, channel: string) {
  const transport = redisTransport(url)
  const transmit = new Transmit({ pingInterval: false, transport }, transport.driver())
  const uid = randomUUID()
  const page = new PassThrough()
  let text = ''
  page.on('data', (chunk) => (text += chunk))
  transmit.createStream({ uid, context: {}, request: undefined, response: page } as never)
  await transmit.subscribe({ uid, channel, context: {} })
  return { transmit, shown: () => text }
}

test.group('Live orders of several processes', () => {
  test('what is announced in one is told in the other, and again after Redis was away', async ({
    assert,
    cleanup,
  }) => {
    const redis = await RedisServer.start()
    cleanup(() => redis.stop())
    const channel = 'orders/1'
    const one = await startProcess(redis.url, channel)
    const other = await startProcess(redis.url, channel)
    cleanup(async () => {
      await Promise.all([one.transmit.shutdown(), other.transmit.shutdown()])
    })

    const announceUntilTold = (state: string) =>
      eventually(async () => {
        one.transmit.broadcast(channel, { number: 1, state })
        await delay(50)
        assert.include(other.shown(), state)
      }, 15_000)
    await announceUntilTold('accepted')
    await redis.kill()
    await redis.startAgain()
    await announceUntilTold('packed')
  })
})

test.group('Live orders of two servers', (group) => {
  group.each.timeout(240_000)

  test('an order placed at one is on the board at the other, and its progress the way back', async ({
    assert,
    cleanup,
  }) => {
    await emptyDatabase()
    const [owner, customer] = [await createOwner(), await createUser()]
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const servers = await Promise.all([ApplicationProcess.start(), ApplicationProcess.start()])
    cleanup(async () => {
      await Promise.all(servers.map((server) => server.stop()))
    })
    const [seller, buyer] = await Promise.all(
      [owner, customer].map((user, at) => {
        return loggedIn(user, new Visitor({ 'accept-language': 'en' }, servers[at].origin))
      })
    )

    const board = await EventStream.open(seller, '/orders/stream')
    cleanup(() => board.close())
    await board.opened()
    await buyer.visit(`/products/${product.id}/checkout?quantity=1`)
    await buyer.submit('#checkout-form', { payment_method: 'cash' })
    const order = await Order.firstOrFail()
    const told = (stream: EventStream, state: string) => {
      return eventually(() => {
        const payloads = stream.announced.map(({ payload }) => payload)
        assert.deepInclude(payloads, { id: order.id, state })
      }, 15_000)
    }
    await told(board, 'placed')

    const page = await EventStream.open(buyer, '/orders/stream')
    cleanup(() => page.close())
    await page.opened()
    await seller.visit(`/owner/orders/${order.id}`)
    await seller.submit('button[name=verb][value=accept]')
    await told(page, 'accepted')
  })
})
