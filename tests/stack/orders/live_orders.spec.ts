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
import { RedisCluster } from '#tests/helpers/redis_cluster'
import { RedisServer } from '#tests/helpers/redis_server'
import { valkeyServer } from '#tests/helpers/valkey_server'
import { Visitor } from '#tests/helpers/visitor'

type Process = Awaited<ReturnType<typeof startProcess>>

/** What one process of several has, with one page that follows a channel in it. */
async function startProcess(url: string, channel: string, others?: string) {
  const transport = redisTransport(url, others)
  const transmit = new Transmit({ pingInterval: false, transport }, transport.driver())
  const uid = randomUUID()
  const page = new PassThrough()
  let text = ''
  page.on('data', (chunk) => (text += chunk))
  transmit.createStream({ uid, context: {}, request: undefined, response: page } as never)
  await transmit.subscribe({ uid, channel, context: {} })
  return { transmit, shown: () => text }
}

function announcing({ transmit }: Process, { shown }: Process, channel: string) {
  return (state: string) =>
    eventually(async () => {
      transmit.broadcast(channel, { number: 1, state })
      await delay(50)
      if (!shown().includes(state)) throw new Error(`${state} is not in ${shown()}`)
    }, 15_000)
}

test.group('Live orders of several processes', () => {
  test('what is announced in one is told in the other, and again after Redis was away', async ({
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

    const announceUntilTold = announcing(one, other, channel)
    await announceUntilTold('accepted')
    await redis.kill()
    await redis.startAgain()
    await announceUntilTold('packed')
  })

  for (const [name, programOf] of [
    ['Redis', async () => 'redis-server'],
    ['Valkey', valkeyServer],
  ] as const) {
    test(`they are told through a ${name} Cluster, and again after a master was away`, async ({
      cleanup,
    }) => {
      const cluster = await RedisCluster.start({ program: await programOf() })
      cleanup(() => cluster.stop())
      const [channel, { url, others }] = ['orders/1', cluster.address]
      const one = await startProcess(url, channel, others)
      const other = await startProcess(url, channel, others)
      cleanup(async () => {
        await Promise.all([one.transmit.shutdown(), other.transmit.shutdown()])
      })

      const announceUntilTold = announcing(one, other, channel)
      await announceUntilTold('accepted')
      for (const [at, master] of cluster.masters.entries()) {
        await master.kill()
        await announceUntilTold(`away ${at}`)
        await master.startAgain()
        await announceUntilTold(`back ${at}`)
      }
    })
  }
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
