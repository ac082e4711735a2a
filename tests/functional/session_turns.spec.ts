import { randomUUID } from 'node:crypto'
import locks from '@adonisjs/lock/services/main'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { sessionAge } from '#config/session'
import { KnownSessions } from '#sessions/known_sessions'
import { SessionStore } from '#sessions/session_store'
import { SessionTurns } from '#sessions/session_turns'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { FROM_OUR_PAGES, type Visitor } from '#tests/helpers/visitor'

function add(visitor: Visitor, productId: string) {
  const body = new URLSearchParams({ product_id: productId })
  return () =>
    fetch(new URL('/cart/items', visitor.origin), {
      ...{ method: 'POST', body, redirect: 'manual' as const },
      headers: { ...FROM_OUR_PAGES, cookie: visitor.cookieHeader },
    })
}

async function isLoggedOut({ origin }: Visitor, cookie: string) {
  const answer = await fetch(new URL('/orders', origin), {
    ...{ headers: { cookie }, redirect: 'manual' as const },
  })
  return answer.headers.get('location')?.includes('/login') ?? false
}

test.group('Turns of a session', (group) => {
  group.each.setup(emptyDatabase)
  group.each.timeout(60_000)

  test('a request that is refused says that nothing was saved', async ({ assert }) => {
    const visitor = await loggedIn(await createUser())
    const body = new URLSearchParams({ locale: 'hi', back: '/' })
    const choose = () => visitor.send('POST', '/language', body)
    const answers = await Promise.all(Array.from({ length: 60 }, choose))
    const refused = answers.find(({ status }) => status === 503)!
    assert.equal(refused.headers.get('retry-after'), '5')
    assert.include(await refused.text(), 'and this was not saved')
  })

  test('a request that waits for too long is refused and does not begin', async ({ assert }) => {
    const id = randomUUID()
    const held = locks.createLock(`session:${id}`, '30s')
    await held.acquire()
    let begun = 0
    const turns = new SessionTurns(locks, 200)
    const work = async () => void begun++
    const waiting = [turns.run(id, work), turns.run(id, work)]
    for (const answer of await Promise.allSettled(waiting)) {
      assert.propertyVal((answer as PromiseRejectedResult).reason, 'code', 'E_TURN_NOT_TAKEN')
    }
    await held.release()
    assert.equal(begun, 0)
    await turns.run(id, work)
    assert.equal(begun, 1)
  })

  test('twenty may wait, and the next is refused at once', async ({ assert }) => {
    const turns = new SessionTurns(locks)
    const id = randomUUID()
    const gate = Promise.withResolvers<void>()
    const order: number[] = []
    const running = Array.from({ length: 21 }, (_, number) =>
      turns.run(id, async () => {
        await gate.promise
        order.push(number)
      })
    )
    await assert.rejects(() => turns.run(id, async () => {}), /this one was not processed/)
    gate.resolve()
    await Promise.all(running)
    assert.deepEqual(
      order,
      [...order].sort((one, other) => one - other)
    )
    assert.lengthOf(order, 21)
  })

  test('a session that was ended meanwhile does not come back to life', async ({
    assert,
    cleanup,
  }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const visitor = await loggedIn(owner)
    const cookie = visitor.cookieHeader
    /** The request has read its session when that ends, and waits for its row to write it. */
    const logout = await db.transaction()
    cleanup(() => logout.rollback())
    await logout.from('sessions').delete()
    const path = `/owner/shops/${shop.id}/products/${product.id}/stock?_method=PUT`
    const late = visitor.send('POST', path, new URLSearchParams({ change: '1' }))
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%UPDATE sessions%'`
      )
      if (rows.length === 0) throw new Error('It does not wait')
    })
    await logout.commit()

    assert.equal((await late).status, 403)
    assert.lengthOf(await db.from('sessions').select('id'), 0)
    assert.isTrue(await isLoggedOut(visitor, cookie))
  })

  test('a page that found no session takes nothing from what another request has begun', async ({
    assert,
  }) => {
    const known = await app.container.make(KnownSessions)
    const id = randomUUID()
    const request = async (method: string) => {
      const ctx = await testUtils.createHttpContext()
      ctx.request.method = () => method
      ctx.request.cookie = () => id
      return new SessionStore(ctx, { db, known, age: sessionAge })
    }
    const [page, click] = [await request('GET'), await request('POST')]
    await page.read(id)
    await click.read(id)
    await click.write(id, { written: '0/1' })
    await page.destroy(id)
    assert.lengthOf(await db.from('sessions').where({ id }), 1)
  })

  test('logging out while products are added ends logged out', async ({ assert }) => {
    const product = await createProduct({ stock: 500 })
    const visitor = await loggedIn(await createUser())
    const cookie = visitor.cookieHeader
    const click = add(visitor, product.id)
    const clicks = Array.from({ length: 10 }, click)
    const out = visitor.request('POST', '/logout', new URLSearchParams())
    clicks.push(...Array.from({ length: 5 }, click))
    const answers = await Promise.all(clicks)
    await out
    for (const { status } of answers) assert.include([302, 303, 403, 503], status)
    assert.isTrue(await isLoggedOut(visitor, cookie))
  })
})
