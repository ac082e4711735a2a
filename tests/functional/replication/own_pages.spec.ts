import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Address from '#models/address'
import type Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import type Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { EventStream } from '#tests/helpers/event_stream'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { freeze } from '#tests/helpers/freeze'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { ownCluster, pauseReplay, resumeReplay, standbyCaughtUp } from '#tests/helpers/standby'
import { StatementLog } from '#tests/helpers/statement_log'
import type { Visitor } from '#tests/helpers/visitor'

test.group('Pages of orders and of owners', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product
  let order: Order
  let khata: Khata
  let address: Address
  let line: string
  let seller: Visitor
  let buyer: Visitor

  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.timeout(60_000)
  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Rajma' })
    await db.table('shop_settings').insert({ shop_id: shop.id, upi_id: 'gupta@okaxis' })
    order = await createOrder({ customer, product, paymentMethod: 'upi' })
    const place = { line: '12 MG Road', pinCode: '452001', mobile: '9876543210' }
    address = await Address.add(customer, place)
    khata = await openKhata(shop.id, customer, 900_00)
    await createOrder({ customer, product, paymentMethod: 'khata' })
    line = (await db.from('khata_transactions').where('khata_id', khata.id).first()).id
    await khata.refresh()
    ;[seller, buyer] = [await loggedIn(owner), await loggedIn(customer)]
  })

  const sellersPages = () => [
    '/owner/orders',
    `/owner/orders/${order.id}`,
    `/owner/orders/${order.id}/packing-slip`,
    '/owner/past-orders',
    '/owner/shops',
    '/owner/shops?closed=1',
    `/owner/shops/${shop.id}`,
    `/owner/shops/${shop.id}?q=rajma`,
    `/owner/shops/${shop.id}/settings`,
    `/owner/shops/${shop.id}/to-do`,
    `/owner/shops/${shop.id}/prices`,
    `/owner/shops/${shop.id}/sales`,
    `/owner/shops/${shop.id}/price-changes/create`,
    `/owner/shops/${shop.id}/price-message`,
    `/owner/shops/${shop.id}/product-imports/create`,
    `/owner/shops/${shop.id}/products/create`,
    `/owner/shops/${shop.id}/products/${product.id}`,
    `/owner/shops/${shop.id}/products/${product.id}/edit`,
    `/owner/shops/${shop.id}/counter`,
    `/owner/shops/${shop.id}/dues`,
    `/owner/shops/${shop.id}/khatas`,
    `/owner/shops/${shop.id}/khatas/${khata.id}`,
    `/owner/shops/${shop.id}/khatas/${khata.id}/transactions/${line}/reversal`,
  ]
  const buyersPages = () => [
    '/orders',
    `/orders/${order.id}`,
    `/orders/${order.id}/upi.svg`,
    `/orders/${order.id}/upi.png`,
    '/khatas',
    `/khatas/${khata.id}`,
    `/khatas/${khata.id}/upi.svg`,
    `/khatas/${khata.id}/upi.png`,
    '/account/addresses',
    '/account/addresses/create',
    `/account/addresses/${address.id}/edit`,
  ]
  const sellersResources = () => [
    `/api/orders/${order.id}`,
    `/api/shops/${shop.id}/products/`,
    `/api/shops/${shop.id}/products/${product.id}`,
  ]
  const buyersResources = () => ['/api/orders/me', `/api/orders/${order.id}`]

  test('ask the primary nothing while a replica is far enough', async ({ assert }) => {
    const [program, another] = [await ApiClient.of(owner), await ApiClient.of(customer)]
    const visits = async () => {
      for (const path of sellersPages()) assert.equal((await seller.visit(path)).status, 200, path)
      for (const path of buyersPages()) assert.equal((await buyer.visit(path)).status, 200, path)
      for (const path of sellersResources()) assert.equal((await program.get(path)).status, 200)
      for (const path of buyersResources()) assert.equal((await another.get(path)).status, 200)
    }
    await visits()
    await db.from('products').where('id', product.id).update({ stock: 7 })
    await announced()
    await standbyCaughtUp()
    const log = await StatementLog.start()
    try {
      // A read that takes too long is the primary's for a second.
      await eventually(async () => assert.deepEqual(await log.during(visits), []), 40_000)
    } finally {
      await log.stop()
    }
  })

  /** Changes what each page shows, behind the back of the person who looks. */
  async function changeAll(n: number) {
    await db
      .from('shops')
      .where('id', shop.id)
      .update({ name: `Gupta ${n}` })
    await db
      .from('products')
      .where('id', product.id)
      .update({ name: `Rajma ${n}`, stock: 50 + n })
    await db.from('orders').update({ shop_name: `Gupta ${n}`, note: `Ring ${n} times` })
    await db.from('addresses').update({ line: `${n} MG Road` })
    await db
      .from('khatas')
      .where('id', khata.id)
      .update({ limit_paise: (700 + n) * 100 })
    await announced()
  }

  const shows = (n: number): [() => Visitor, string, string][] => [
    [() => seller, '/owner/orders', `Ring ${n} times`],
    [() => seller, `/owner/orders/${order.id}`, `Ring ${n} times`],
    [() => seller, `/owner/orders/${order.id}/packing-slip`, `Gupta ${n}`],
    [() => seller, '/owner/shops', `Gupta ${n}`],
    [() => seller, `/owner/shops/${shop.id}`, `Rajma ${n}`],
    [() => seller, `/owner/shops/${shop.id}?q=rajma`, `Rajma ${n}`],
    [() => seller, `/owner/shops/${shop.id}/settings`, `Gupta ${n}`],
    [() => seller, `/owner/shops/${shop.id}/products/${product.id}/edit`, `Rajma ${n}`],
    [() => seller, `/owner/shops/${shop.id}/khatas/${khata.id}`, String(700 + n)],
    [() => buyer, '/orders', `Gupta ${n}`],
    [() => buyer, `/orders/${order.id}`, `Ring ${n} times`],
    [() => buyer, '/account/addresses', `${n} MG Road`],
    [() => buyer, '/khatas', `Gupta ${n}`],
    [() => buyer, `/khatas/${khata.id}`, `Gupta ${n}`],
  ]

  test('show where to pay now, and that a shop has closed, although the replica does not yet', async ({
    assert,
  }) => {
    await pauseReplay()
    try {
      await db.from('shop_settings').update({ upi_id: 'sharma@okaxis' })
      await announced()
      assert.include((await buyer.visit(`/orders/${order.id}`)).html, 'sharma@okaxis')
      await db.from('shops').where('id', shop.id).update({ closed_at: new Date() })
      await announced()
      const { $ } = await buyer.visit(`/orders/${order.id}`)
      assert.lengthOf($('.notice-warning'), 1)
    } finally {
      await resumeReplay()
    }
  })

  async function assertAllShow(n: number) {
    for (const [visitor, path, text] of shows(n)) {
      const { html } = await visitor().visit(path)
      if (!html.includes(text)) throw new Error(`${path} does not show ${text}`)
    }
  }

  test('show what was announced although the replica does not yet', async () => {
    await pauseReplay()
    try {
      for (let n = 1; n <= 3; n++) {
        await changeAll(n)
        await assertAllShow(n)
      }
    } finally {
      await resumeReplay()
    }
  })

  test('show what was announced while the replica is frozen', async () => {
    const thaw = freeze('standby')
    try {
      await changeAll(4)
      await assertAllShow(4)
    } finally {
      thaw()
    }
  })

  test('are kept for one person only', async ({ assert }) => {
    const stranger = await loggedIn(await createOwner({ fullName: 'Meena Joshi' }))
    for (const path of ['/orders', '/owner/past-orders', '/owner/shops']) {
      assert.include((await seller.visit(path)).text, 'Ramesh Gupta', path)
      const { text, headers } = await stranger.visit(path)
      assert.notMatch(text, /Ramesh Gupta|Gupta Kirana|Asha Verma/, path)
      assert.equal(headers.get('cache-control'), 'private, no-store')
    }
    for (const path of sellersPages().filter((page) => page.includes(shop.id))) {
      assert.equal((await stranger.visit(path)).status, 404, path)
    }
  })

  test('have a form key of their own each time', async ({ assert }) => {
    const keyOf = async () => {
      await seller.visit(`/owner/shops/${shop.id}/products/create`)
      return seller.form('#product-form').fields.get('form_key')
    }
    const keys = [await keyOf(), await keyOf()]
    assert.notEqual(keys[0], keys[1])
    for (const key of keys) assert.match(key!, /^[\da-f-]{36}$/)
  })

  test('are announced to open pages when they show the change', async ({ assert }) => {
    const stream = await EventStream.open(buyer, '/orders/stream')
    await stream.opened()
    await pauseReplay()
    try {
      for (const [verb, state] of [
        ['accept', 'Accepted'],
        ['pack', 'Packed'],
      ] as const) {
        const before = stream.announced.length
        await buyer.visit('/orders')
        await order.move(verb, owner)
        await eventually(() => assert.isAbove(stream.announced.length, before))
        const { text } = await buyer.fragment('GET', `/orders/${order.id}`)
        assert.include(text, state)
        assert.include((await buyer.visit('/orders')).text, state)
      }
    } finally {
      await resumeReplay()
      stream.close()
    }
  })

  test('count an invitation to a khata until it ends', async ({ assert }) => {
    const invited = async () => /\d.*invit/i.test((await buyer.visit('/orders')).text)
    await openKhataInvitation()
    assert.isTrue(await invited())
    await db.from('khata_invitations').where('state', 'waiting').update({ expires_at: new Date() })
    await announced()
    assert.isFalse(await invited())
  })

  async function openKhataInvitation() {
    const another = await createShop({ name: 'Sharma Stores' })
    await KhataInvitation.send(another, customer.username, 100_00)
  }
})
