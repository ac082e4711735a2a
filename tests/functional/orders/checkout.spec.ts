import { test } from '@japa/runner'
import { goodsOf } from '#measures/goods'
import Order from '#models/order'
import OrderEvent from '#models/order_event'
import OrderItem from '#models/order_item'
import Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createShop, createUser } from '#tests/helpers/factories'
import { place, requestFor } from '#tests/helpers/orders'

const code = (error: unknown) => (error as { code?: string } | undefined)?.code

async function outcomeOf(attempt: Promise<unknown>) {
  return attempt.then(
    () => 'placed',
    (error) => code(error) ?? String(error)
  )
}

test.group('Checkout', (group) => {
  group.each.setup(emptyDatabase)

  test('places one order with the names, units and prices of the moment', async ({ assert }) => {
    const shop = await createShop()
    const besan = await createProduct({
      shopId: shop.id,
      name: 'Besan',
      pricePaise: 5250,
      stock: 9,
    })
    const poha = await createProduct({ shopId: shop.id, name: 'Poha', pricePaise: 3001, stock: 4 })
    const customer = await createUser()
    const lines = [
      { product: besan, quantity: 2 },
      { product: poha, quantity: 3 },
    ]
    const { id } = await place(customer, shop.id, requestFor(lines))
    await besan.merge({ name: 'Gram flour', pricePaise: 1, unit: '1 kg' }).save()
    await poha.delete()

    const order = await Order.findOrFail(id)
    assert.equal(order.itemsPaise, 2 * 5250 + 3 * 3001)
    assert.equal(order.totalPaise, order.itemsPaise)
    const items = await order.related('items').query().orderBy('name')
    assert.deepEqual(
      items.map(({ name, unit, pricePaise, quantity }) => [name, unit, pricePaise, quantity]),
      [
        ['Besan', '500 g', 5250, 2],
        ['Poha', '500 g', 3001, 3],
      ]
    )
    assert.isNull(items[1].productId)
    assert.equal((await besan.refresh()).stock, 7)
    const event = await OrderEvent.firstOrFail()
    assert.equal(event.toValue, 'placed')
    assert.equal(event.actorId, customer.id)
  })

  test('200 parallel checkouts on a stock of 5 give exactly 5 orders', async ({ assert }) => {
    const product = await createProduct({ stock: 5 })
    const customers = await Promise.all(Array.from({ length: 20 }, () => createUser()))
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        outcomeOf(place(customers[index % 20], product.shopId, requestFor([{ product }])))
      )
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'placed'),
      5
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'E_CHECKOUT_CHANGED'),
      195
    )
    assert.equal((await product.refresh()).stock, 0)
    assert.lengthOf(await Order.all(), 5)
    assert.lengthOf(await OrderItem.all(), 5)
  }).timeout(60_000)

  test('those who want the same products in another order never wait for each other in a circle', async ({
    assert,
  }) => {
    const shop = await createShop()
    const products = await Promise.all(
      Array.from({ length: 6 }, () => createProduct({ shopId: shop.id, stock: 1_000 }))
    )
    const customers = await Promise.all(Array.from({ length: 10 }, () => createUser()))
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, index) => {
        const lines = products.map((product) => ({ product }))
        if (index % 2) lines.reverse()
        return outcomeOf(place(customers[index % 10], shop.id, requestFor(lines)))
      })
    )
    assert.deepEqual(new Set(outcomes), new Set(['placed']))
    const left = await Product.query().where('shop_id', shop.id)
    assert.deepEqual(
      left.map(({ stock }) => stock),
      Array(6).fill(940)
    )
  }).timeout(60_000)

  test('says exactly what became worse, and places nothing', async ({ assert }) => {
    const shop = await createShop()
    const dearer = await createProduct({ shopId: shop.id, name: 'Besan', pricePaise: 4800 })
    const scarce = await createProduct({ shopId: shop.id, name: 'Poha', stock: 5 })
    const gone = await createProduct({ shopId: shop.id, name: 'Suji' })
    const cheaper = await createProduct({ shopId: shop.id, name: 'Maida', pricePaise: 3000 })
    const request = requestFor([
      { product: dearer },
      { product: scarce, quantity: 3 },
      { product: gone },
      { product: cheaper },
    ])
    await dearer.merge({ pricePaise: 5200 }).save()
    await scarce.merge({ stock: 2 }).save()
    await gone.delete()
    await cheaper.merge({ pricePaise: 2500 }).save()
    await ShopSettings.create({ shopId: shop.id, deliveryFeePaise: 2000 })

    const customer = await createUser()
    const error = await place(customer, shop.id, request).catch((failure) => failure)
    assert.equal(code(error), 'E_CHECKOUT_CHANGED')
    assert.deepEqual(error.changes, [
      { kind: 'price_up', productId: dearer.id, name: 'Besan', before: 4800, now: 5200 },
      { kind: 'short', productId: scarce.id, name: 'Poha', stock: 2, goods: goodsOf(scarce) },
      { kind: 'gone', productId: gone.id },
      { kind: 'fee_up', before: 0, now: 2000 },
    ])
    assert.lengthOf(await Order.all(), 0)
    assert.equal((await dearer.refresh()).stock, 20)
  })

  test('charges the lower price when one fell', async ({ assert }) => {
    const product = await createProduct({ pricePaise: 3000 })
    const request = requestFor([{ product }])
    await product.merge({ pricePaise: 2500 }).save()
    const order = await place(await createUser(), product.shopId, request)
    assert.equal(order.totalPaise, 2500)
  })

  test('believes no price that the form claims', async ({ assert }) => {
    const product = await createProduct({ pricePaise: 3000 })
    const request = requestFor([{ product }])
    request.offer.items[0].pricePaise = 1
    const attempt = place(await createUser(), product.shopId, request)
    assert.equal(await outcomeOf(attempt), 'E_CHECKOUT_CHANGED')
  })

  test("sells only the shop's own products", async ({ assert }) => {
    const product = await createProduct()
    const other = await createShop()
    const attempt = place(await createUser(), other.id, requestFor([{ product }]))
    assert.equal(await outcomeOf(attempt), 'E_CHECKOUT_CHANGED')
    assert.equal((await product.refresh()).stock, 20)
  })

  test('has a minimum and a fee for what is brought, none for what is fetched', async ({
    assert,
  }) => {
    const product = await createProduct({ pricePaise: 9_999 })
    const { shopId } = product
    await ShopSettings.create({ shopId, minimumOrderPaise: 10_000, deliveryFeePaise: 3_000 })
    const customer = await createUser()
    const offer = { ...requestFor([{ product }]).offer, deliveryFeePaise: 3_000 }
    const brought = place(customer, shopId, requestFor([], { offer }))
    assert.equal(await outcomeOf(brought), 'E_CHECKOUT_REFUSED')
    const fetched = await place(customer, shopId, requestFor([], { offer, fulfilment: 'pickup' }))
    assert.equal(fetched.totalPaise, 9_999)
    await product.merge({ pricePaise: 10_000 }).save()
    const again = requestFor([{ product }], { offer: { ...offer } })
    again.offer.items = [{ productId: product.id, quantity: 1, pricePaise: 10_000 }]
    assert.equal((await place(customer, shopId, again)).totalPaise, 13_000)
  })

  test('takes UPI only where the shop has a UPI id', async ({ assert }) => {
    const product = await createProduct()
    const customer = await createUser()
    const wish = { paymentMethod: 'upi' as const }
    const attempt = place(customer, product.shopId, requestFor([{ product }], wish))
    assert.equal(await outcomeOf(attempt), 'E_CHECKOUT_REFUSED')
    await ShopSettings.create({ shopId: product.shopId, upiId: 'gupta@okaxis' })
    const order = await place(customer, product.shopId, requestFor([{ product }], wish))
    assert.equal(order.paymentState, 'due')
  })
})
