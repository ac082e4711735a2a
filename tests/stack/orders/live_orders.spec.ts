import { randomUUID } from 'node:crypto'
import { PassThrough } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Transmit } from '@boringnode/transmit'
import { test } from '@japa/runner'
import { redisTransport } from '#config/transmit'
import { eventually } from '#tests/helpers/eventually'
import { RedisServer } from '#tests/helpers/redis_server'

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
