import { test } from '@japa/runner'
import { NoAnswer, type Channel } from '#infra/cluster/channel'
import { channelPair } from '#tests/helpers/channels'

const LONG = 5_000

test.group('Channel between two processes', (group) => {
  let one: Channel
  let other: Channel
  let close: () => void

  group.each.setup(() => {
    const pair = channelPair()
    ;[one, other] = pair.ends
    close = pair.close
    return () => pair.close()
  })

  test('answers what it is asked, with dates and big numbers', async ({ assert }) => {
    other.on('double', ({ number, at }) => ({ number: number * 2n, at }))
    const at = new Date()
    assert.deepEqual(await one.ask('double', { number: 21n, at }, LONG), { number: 42n, at })
  })

  test('passes an error on to who asked', async ({ assert }) => {
    other.on('fail', async () => {
      throw new Error('not now')
    })
    await assert.rejects(() => one.ask('fail', null, LONG), NoAnswer, 'not now')
  })

  test('refuses what nobody answers', async ({ assert }) => {
    await assert.rejects(() => one.ask('unknown', null, LONG), NoAnswer, 'nobody answers')
  })

  test('stops waiting for a process that hangs', async ({ assert }) => {
    other.on('hang', () => new Promise(() => {}))
    await assert.rejects(() => one.ask('hang', null, 20), NoAnswer, /no answer within 20 ms/)
  })

  test('stops waiting for a process that dies', async ({ assert }) => {
    other.on('hang', close)
    await assert.rejects(() => one.ask('hang', null, LONG), NoAnswer, /gone/)
    await one.closed
    await assert.rejects(() => one.ask('hang', null, LONG), NoAnswer, /gone/)
    one.tell('hang')
  })

  test('delivers in order, whatever takes how long', async ({ assert }) => {
    const heard: number[] = []
    other.on('count', (number) => void heard.push(number))
    for (let number = 0; number < 100; number++) one.tell('count', number)
    await one.ask('count', 100, LONG)
    assert.deepEqual(
      heard,
      Array.from({ length: 101 }, (_, index) => index)
    )
  })
})
