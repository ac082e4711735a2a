import { test } from '@japa/runner'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { usualOf } from '#models/usual'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'
import type { Visit, Visitor } from '#tests/helpers/visitor'

const AGAIN = 'form[action$="/reorder"]'

test.group('What was bought before', (group) => {
  let customer: User
  let owner: User
  let shop: Shop
  let besan: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    besan = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 5200, stock: 50 })
    visitor = await loggedIn(customer)
  })

  const loose = () =>
    createProduct({
      shopId: shop.id,
      name: 'Toor Dal',
      soldAs: 'loose',
      measure: 'weight',
      pricePaise: 12_500,
      stock: 20_000,
    })

  const bought = async (lines: { product: Product; quantity?: number }[], by = customer) => {
    const request = requestFor(lines)
    const order = await place(by, shop.id, {
      ...request,
      offer: { ...request.offer, tolerancePercent: 10 },
    })
    return moveTo(order, 'delivered', owner)
  }

  /** Quantities in the form of the checkout. */
  const inCheckout = ({ $ }: Visit) => {
    const valueOf = (field: string) => $(`[name$="[${field}]"]`).map((_, input) => $(input).val())
    const quantities = valueOf('quantity').get()
    return Object.fromEntries(
      valueOf('product_id')
        .get()
        .map((id, at) => [id, Number(quantities[at])])
    )
  }

  const usual = () =>
    visitor.request(
      'POST',
      `/shops/${shop.id}/usual`,
      new URLSearchParams({ form_key: crypto.randomUUID() })
    )

  test('is ordered again in two taps, from the list of orders and from its page', async ({
    assert,
  }) => {
    const dal = await loose()
    const lines = [
      { product: besan, quantity: 2 },
      { product: dal, quantity: 500 },
    ]
    const order = await bought(lines)
    for (const path of ['/orders', `/orders/${order.id}`]) {
      await visitor.visit(path)
      const page = await visitor.submit(AGAIN)
      assert.equal(page.path, `/shops/${shop.id}/checkout`, path)
      assert.include(page.$('#status').text(), 'today’s prices')
      assert.deepEqual(inCheckout(page), { [besan.id]: 2, [dal.id]: 500 })
      const placed = await visitor.submit('#checkout-form')
      assert.match(placed.path, /^\/orders\//)
    }
    assert.equal((await besan.refresh()).stock, 44)
  })

  test('again and again is no more than it was, and keeps what the cart has more of', async ({
    assert,
  }) => {
    const poha = await createProduct({ shopId: shop.id, name: 'Poha' })
    const order = await bought([{ product: besan, quantity: 3 }, { product: poha }])
    await visitor.visit(`/shops/${shop.id}`)
    for (let n = 0; n < 2; n++) await visitor.submit(`#buy-${poha.id} form`)
    for (let n = 0; n < 2; n++) {
      await visitor.visit(`/orders/${order.id}`)
      assert.deepEqual(inCheckout(await visitor.submit(AGAIN)), { [besan.id]: 3, [poha.id]: 2 })
    }
  })

  test('says at the checkout what costs more by now', async ({ assert }) => {
    const order = await bought([{ product: besan }])
    await besan.merge({ pricePaise: 6000 }).save()
    await visitor.visit(`/orders/${order.id}`)
    const page = await visitor.submit(AGAIN)
    assert.equal(page.path, `/shops/${shop.id}/checkout`)
    assert.include(page.$('#status').text(), 'Costs more now: Besan')
  })

  test('leads to the cart when it is not as it was, and says what is not', async ({ assert }) => {
    const [gone, soldOut, scarce, smaller, dal] = await Promise.all([
      createProduct({ shopId: shop.id, name: 'Suji' }),
      createProduct({ shopId: shop.id, name: 'Maida' }),
      createProduct({ shopId: shop.id, name: 'Poha' }),
      createProduct({ shopId: shop.id, name: 'Tea', unit: '500 g' }),
      loose(),
    ])
    const order = await bought([
      { product: gone },
      { product: soldOut },
      { product: scarce, quantity: 3 },
      { product: smaller },
      { product: dal, quantity: 500 },
      { product: besan },
    ])
    await gone.delete()
    await soldOut.merge({ stock: 0 }).save()
    await scarce.merge({ stock: 1 }).save()
    await smaller.merge({ unit: '450 g' }).save()
    await dal.merge({ soldAs: 'packed', unit: '1 kg' }).save()
    await visitor.visit(`/orders/${order.id}`)
    const { path, $ } = await visitor.submit(AGAIN)
    assert.equal(path, '/cart')
    const said = $('#status').text()
    assert.include(said, 'No longer sold: Suji.')
    assert.include(said, 'Out of stock: Maida.')
    assert.include(said, 'Not enough left: Poha.')
    assert.include(said, 'The pack has changed: Tea.')
    assert.include(said, 'Sold differently now, so not added: Toor Dal.')
    assert.notInclude(said, 'Besan')
    assert.lengthOf($('.line'), 3)
  })

  test('is offered again in the list once it is over, not from a closed shop', async ({
    assert,
  }) => {
    const open = await createOrder({ customer, product: besan })
    assert.lengthOf((await visitor.visit('/orders')).$(AGAIN), 0)
    await moveTo(open, 'declined', owner)
    assert.lengthOf((await visitor.visit('/orders')).$(AGAIN), 1)
    await shop.close()
    assert.lengthOf((await visitor.visit('/orders')).$(AGAIN), 0)
  })

  test('is the usual when it was delivered twice, the most frequent first', async ({ assert }) => {
    const dal = await loose()
    const [once, poha] = [
      await createProduct({ shopId: shop.id, name: 'Suji' }),
      await createProduct({ shopId: shop.id, name: 'Poha' }),
    ]
    await bought([
      { product: dal, quantity: 500 },
      { product: besan, quantity: 2 },
    ])
    await bought([{ product: dal, quantity: 500 }, { product: once }])
    await bought([
      { product: dal, quantity: 1000 },
      { product: besan, quantity: 2 },
    ])
    await bought([{ product: poha }], await createUser())
    await bought([{ product: poha }])
    await moveTo(await createOrder({ customer, product: poha }), 'cancelled', owner)
    assert.deepEqual(await usualOf(customer.id, shop.id), [
      { id: dal.id, quantity: 500 },
      { id: besan.id, quantity: 2 },
    ])
  })

  test('is the usual no longer when it is counted otherwise', async ({ assert }) => {
    await bought([{ product: besan, quantity: 2 }])
    await bought([{ product: besan, quantity: 2 }])
    await besan.merge({ soldAs: 'loose', measure: 'weight' }).save()
    assert.deepEqual(await usualOf(customer.id, shop.id), [])
  })

  test('is ordered as the usual in two taps; what is in the cart already is not doubled', async ({
    assert,
  }) => {
    const dal = await loose()
    for (let n = 0; n < 2; n++)
      await bought([
        { product: dal, quantity: 500 },
        { product: besan, quantity: 2 },
      ])
    await visitor.request('POST', '/cart/items', new URLSearchParams({ product_id: besan.id }))
    for (let n = 0; n < 2; n++) {
      const page = await usual()
      assert.equal(page.path, `/shops/${shop.id}/checkout`)
      assert.include(page.$('#status').text(), 'Your usual items')
      assert.deepEqual(inCheckout(page), { [besan.id]: 1, [dal.id]: 500 })
      visitor.page = page
    }
    assert.match((await visitor.submit('#checkout-form')).path, /^\/orders\//)
  })

  test('as the usual leaves out what is out of stock, and says so', async ({ assert }) => {
    const poha = await createProduct({ shopId: shop.id, name: 'Poha' })
    for (let n = 0; n < 2; n++) await bought([{ product: poha }, { product: besan, quantity: 3 }])
    await poha.merge({ stock: 0 }).save()
    await besan.merge({ stock: 2 }).save()
    const { path, $ } = await usual()
    assert.equal(path, '/cart')
    assert.include($('#status').text(), 'Out of stock: Poha.')
    assert.include($('#status').text(), 'Not enough left: Besan.')
    assert.lengthOf($('.line'), 1)
  })

  test('as the usual of a shop without one leads to the cart', async ({ assert }) => {
    assert.equal((await usual()).path, '/cart')
  })
})
