import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { KnownCarts } from '#cart/known_carts'
import type Product from '#models/product'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { anotherProcess } from '#tests/helpers/knowledge'
import { loggedIn } from '#tests/helpers/log_in'
import { ownCluster, pauseReplay, resumeReplay, standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

test.group('The cart of an account', (group) => {
  let product: Product
  let user: User
  let phone: Visitor
  let shop: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan' })
    user = await createUser()
    await standbyCaughtUp()
    phone = await loggedIn(user)
    shop = await loggedIn(user)
  })

  const add = (visitor: Visitor) =>
    visitor.request('POST', '/cart/items', new URLSearchParams({ product_id: product.id }))

  const shown = async (visitor: Visitor) => (await visitor.visit('/cart')).$('main').text()

  test('is seen on the other device at once, while the replica stands still', async ({
    assert,
    cleanup,
  }) => {
    assert.notInclude(await shown(shop), 'Besan')
    await pauseReplay()
    cleanup(resumeReplay)
    for (let pieces = 1; pieces <= 5; pieces++) {
      await add(phone)
      const page = await shop.visit('/cart')
      assert.equal(page.$(`#line-${product.id} .quantity`).text().replace(/\D/g, ''), `${pieces}`)
      assert.equal(page.$('#cart-badge [aria-hidden]').text(), `${pieces}`)
    }
    await shop.request('POST', '/cart?_method=DELETE', new URLSearchParams())
    assert.notInclude(await shown(phone), 'Besan')
  }).skip(!ownCluster, 'needs the embedded cluster')

  test('is known as it is to every process when the answer of a change arrives', async ({
    assert,
    cleanup,
  }) => {
    const there = await anotherProcess()
    cleanup(there.stop)
    const carts = new KnownCarts(there.knowledge, db)
    const pieces = async () => {
      const [cart] = await carts.find({ userId: user.id, digests: [] })
      return cart?.items[0]?.quantity ?? 0
    }
    for (let number = 0; number < 20; number++) {
      assert.equal(await pieces(), number)
      await add(phone)
    }
  })

  test('is looked at without asking the primary for it again', async ({ assert, cleanup }) => {
    await add(phone)
    await shown(phone)
    const held = await db.transaction()
    cleanup(() => held.rollback())
    await held.rawQuery('LOCK TABLE carts, cart_lines, cart_tokens IN ACCESS EXCLUSIVE MODE')
    assert.include(await shown(phone), 'Besan')
    assert.equal((await phone.visit('/shops')).$('#cart-badge [aria-hidden]').text(), '1')
  })

  test('of another user is not seen', async ({ assert }) => {
    await add(phone)
    assert.notInclude(await shown(await loggedIn(await createUser())), 'Besan')
    assert.notInclude(await shown(new Visitor()), 'Besan')
  })

  test('stays on one device when the other is logged out', async ({ assert }) => {
    await add(phone)
    await phone.visit('/shops')
    await phone.submit('form[action*="/logout"]')
    assert.notInclude(await shown(phone), 'Besan')
    assert.include(await shown(shop), 'Besan')
  })

  test('is not that of a blocked user, who finds it again later', async ({ assert }) => {
    await add(phone)
    await user.block()
    await announced()
    assert.notInclude(await shown(phone), 'Besan')
    await (await user.refresh()).unblock()
    assert.include(await shown(await loggedIn(user)), 'Besan')
  })

  test('goes with the account', async ({ assert }) => {
    await add(phone)
    await user.delete()
    await announced()
    assert.notInclude(await shown(phone), 'Besan')
    for (const table of ['carts', 'cart_lines']) assert.lengthOf(await db.from(table), 0)
  })
})

test.group('The cart of a guest', (group) => {
  group.each.setup(emptyDatabase)

  test('is looked at without asking the primary for it again, and changes at once', async ({
    assert,
    cleanup,
  }) => {
    const product = await createProduct({ name: 'Besan' })
    await standbyCaughtUp()
    const visitor = new Visitor()
    const add = () =>
      visitor.request('POST', '/cart/items', new URLSearchParams({ product_id: product.id }))
    await add()
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Besan')
    await add()
    assert.equal((await visitor.visit('/cart')).$('#cart-badge [aria-hidden]').text(), '2')
    const held = await db.transaction()
    cleanup(() => held.rollback())
    await held.rawQuery('LOCK TABLE carts, cart_lines, cart_tokens IN ACCESS EXCLUSIVE MODE')
    assert.equal((await visitor.visit('/cart')).$('#cart-badge [aria-hidden]').text(), '2')
  })
})
