import { randomUUID } from 'node:crypto'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import app from '@adonisjs/core/services/app'
import { Announcements } from '#replication/announcements'
import { LiveStreams } from '#sessions/live_streams'
import { emptyDatabase } from '#tests/helpers/database'
import { EventStream } from '#tests/helpers/event_stream'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type Product from '#models/product'
import type User from '#models/user'
import type { Visitor } from '#tests/helpers/visitor'

const STREAM = '/orders/stream'

test.group('A live page', (group) => {
  let owner: User
  let visitor: Visitor
  let product: Product
  const streams: EventStream[] = []

  const open = async (by = visitor) => {
    const stream = await EventStream.open(by, STREAM)
    streams.push(stream)
    await stream.opened()
    return stream
  }

  const ended = (stream: EventStream) =>
    eventually(() => {
      if (!stream.isEnded) throw new Error('The stream is still open')
    })

  const follows = async (stream: EventStream) => {
    const order = await createOrder({ product })
    await eventually(() => {
      const known = stream.announced.some(
        ({ payload }) => (payload as { id: string }).id === order.id
      )
      if (!known) throw new Error('Nothing was heard of the order')
    })
  }

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id })
    visitor = await loggedIn(owner)
    return () => streams.splice(0).forEach((stream) => stream.close())
  })

  test('ends when its session is logged out, and no other', async ({ assert }) => {
    const [phone, shop] = [await open(), await open(await loggedIn(owner))]
    await visitor.visit('/owner/orders')
    await visitor.submit('form[action*="/logout"]')
    await ended(phone)
    await follows(shop)
    assert.isFalse(shop.isEnded)
    assert.lengthOf(phone.announced, 0)
  })

  for (const [when, end] of [
    ['its user is logged out everywhere', () => owner.endSessions()],
    ['its user is blocked', () => owner.block()],
    ['its user is deleted', () => db.from('users').where('id', owner.id).delete()],
    ['its session is deleted with psql', () => db.from('sessions').delete()],
  ] as const) {
    test(`ends when ${when}, and says so`, async ({ assert }) => {
      const stream = await open()
      await end()
      await ended(stream)
      assert.equal(stream.messages.at(-1)?.channel, 'ended')
      const again = await EventStream.open(visitor, STREAM)
      assert.equal(again.response.status, 303)
    })
  }

  for (const [what, happens] of [
    ['its session was ended', () => owner.endSessions()],
    ['its session has expired', () => db.from('sessions').update({ expires_at: new Date() })],
    ['its user was blocked', () => db.from('users').update({ blocked_at: new Date() })],
  ] as const) {
    test(`ends when ${what} unheard`, async () => {
      const stream = await open()
      const announcements = await app.container.make(Announcements)
      await announcements.stop()
      await happens()
      await announcements.start()
      await ended(stream)
    })
  }

  test('is not opened for a session that has ended while it was on its way', async ({ assert }) => {
    const live = await app.container.make(LiveStreams)
    const ends: string[] = []
    const stream = {
      ...{ sessionId: randomUUID(), userId: owner.id },
      ...{ end: () => ends.push('end'), rest: () => ends.push('rest') },
    }
    assert.isFalse(await live.add(stream))
    assert.deepEqual(ends, ['end'])
  })

  test('rests when its user opens many more, until it is looked at again', async ({ assert }) => {
    const first = await open()
    const others = []
    for (let n = 0; n < 10; n++) others.push(await open())
    await ended(first)
    assert.deepEqual(first.messages.at(-1)?.channel, 'rest')
    assert.isTrue(others.every(({ isEnded }) => !isEnded))
    await follows(others[0])

    const again = await open()
    await ended(others[0])
    await follows(again)
  })

  test('of another user does not make it rest', async () => {
    const stream = await open()
    const rival = await loggedIn(await createUser({ role: 'shopowner' }))
    for (let n = 0; n < 11; n++) await open(rival)
    await follows(stream)
  })
})
