import locks from '@adonisjs/lock/services/main'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const quantity = async (visitor: Visitor) => {
  const { $ } = await visitor.visit('/cart')
  return Number($('.stepper .quantity').first().text().replace(/\D/g, ''))
}

test.group('Changes of a cart', (group) => {
  let product: Product
  let user: User

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan', pricePaise: 100, stock: 500 })
    user = await createUser()
    await standbyCaughtUp()
  })

  const click = (visitor: Visitor) =>
    visitor.send('POST', '/cart/items', new URLSearchParams({ product_id: product.id }))

  const clickAtOnce = async (visitors: Visitor[]) => {
    const answers = await Promise.all(visitors.map(click))
    return answers.map(({ status }) => status)
  }

  test('of a guest at once are all counted', async ({ assert }) => {
    const visitor = new Visitor()
    visitor.keepCookies(await click(visitor))
    const statuses = await clickAtOnce(Array(40).fill(visitor))
    assert.deepEqual(statuses, Array(40).fill(303))
    assert.equal(await quantity(visitor), 41)
  })

  test('of a person at once on two devices are all counted, the first ones too', async ({
    assert,
  }) => {
    const [phone, shop] = [await loggedIn(user), await loggedIn(user)]
    const statuses = await clickAtOnce(Array(20).fill([phone, shop]).flat())
    assert.deepEqual(statuses, Array(40).fill(303))
    assert.equal(await quantity(phone), 40)
    assert.equal(await quantity(shop), 40)
  })

  test('170 at once end at the largest quantity', async ({ assert }) => {
    const visitor = await loggedIn(user)
    const statuses = await clickAtOnce(Array(170).fill(visitor))
    assert.deepEqual(statuses, Array(170).fill(303))
    assert.equal(await quantity(visitor), 99)
  }).timeout(60_000)

  test('need no turn of the session, which another request may have', async ({ assert }) => {
    const visitor = await loggedIn(user)
    const [{ id, data }] = await db.from('sessions')
    const held = locks.createLock(`session:${id}`, '30s')
    await held.acquire()
    try {
      assert.equal((await click(visitor)).status, 303)
      const [after] = await db.from('sessions')
      assert.equal(after.data, data, 'the session is not written')
    } finally {
      await held.release()
    }
    assert.equal(await quantity(visitor), 1)
  })

  test('wait for the change of the same cart that came before, and add to it', async ({
    assert,
  }) => {
    const visitor = await loggedIn(user)
    await click(visitor)
    const before = await db.transaction()
    await before.rawQuery('SELECT FROM carts WHERE user_id = ? FOR UPDATE', [user.id])
    const late = click(visitor)
    await before.rawQuery('UPDATE cart_lines SET quantity = 10')
    await before.commit()
    assert.equal((await late).status, 303)
    assert.equal(await quantity(visitor), 11)
  })

  const OLD_PAGES = {
    'that set a quantity': (id: string) => `/cart/items/${id}?_method=PUT`,
    'that remove an item': (id: string) => `/cart/items/${id}?_method=DELETE`,
    'that empty the cart': () => '/cart?_method=DELETE',
    'that add once more': () => '/cart/items',
  }

  for (const [what, address] of Object.entries(OLD_PAGES)) {
    test(`of old pages ${what} do nothing, also when they come before the newer is done`, async ({
      assert,
    }) => {
      const visitor = await loggedIn(user)
      await click(visitor)
      await visitor.visit('/cart')
      const newer = await db.transaction()
      await newer.rawQuery('SELECT FROM carts WHERE user_id = ? FOR UPDATE', [user.id])
      const fields = new URLSearchParams({ seen: '1', quantity: '2', product_id: product.id })
      const late = visitor.fragment('POST', address(product.id), fields)
      await eventually(async () => {
        const { rows } = await db.rawQuery(
          `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%INTO carts%'`
        )
        if (rows.length === 0) throw new Error('It does not wait')
      })
      await newer.rawQuery('UPDATE cart_lines SET quantity = 5')
      await newer.commit()
      const answer = await late
      assert.match(answer.text, /changed in another tab|in your cart already: 5/)
      assert.match(answer.$('.quantity, .in-cart').first().text(), /5/)
      assert.equal(await quantity(visitor), 5)
    })
  }

  test('of two pages that showed the same are one, and the other is told', async ({ assert }) => {
    const visitor = await loggedIn(user)
    await click(visitor)
    const set = (to: string) => {
      const fields = new URLSearchParams({ quantity: to, seen: '1' })
      return visitor.fragment('POST', `/cart/items/${product.id}?_method=PUT`, fields)
    }
    const answers = await Promise.all(['3', '4', '5', '6'].map(set))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409])
    const done = answers.find(({ status }) => status === 200)!
    assert.equal(done.$('.quantity').text().replace(/\D/g, ''), `${await quantity(visitor)}`)
  })

  test('of an account that is being deleted are refused', async ({ assert }) => {
    const visitor = await loggedIn(user)
    const deletion = await db.transaction()
    await deletion.rawQuery('DELETE FROM users WHERE id = ?', [user.id])
    const late = click(visitor)
    await eventually(async () => {
      const { rows } = await db.rawQuery(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%INTO carts%'`
      )
      if (rows.length === 0) throw new Error('It does not wait')
    })
    await deletion.commit()
    assert.equal((await late).status, 403)
    assert.lengthOf(await db.from('carts'), 0)
  })
})
