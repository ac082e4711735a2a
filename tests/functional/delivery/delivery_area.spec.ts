import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const FORM = '#checkout-form'

test.group('A shop with a delivery area', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ address: '4 Napier Town, Jabalpur 482001' })
    shop = await createShop({ ownerId: owner.id, name: 'Dilli Kirana', pinCode: '110001' })
    product = await createProduct({ shopId: shop.id, pricePaise: 5_000 })
    visitor = await loggedIn(customer)
  })

  const settings = (values: Partial<ShopSettings>) => {
    return ShopSettings.updateOrCreate({ shopId: shop.id }, values)
  }
  const checkout = async () => {
    await visitor.visit(`/shops/${shop.id}`)
    await visitor.submit(`#buy-${product.id} form`)
    return visitor.visit(`/shops/${shop.id}/checkout`)
  }

  test('does not take a delivery from Delhi to Jabalpur, and says what to do', async ({
    assert,
  }) => {
    const page = await checkout()
    assert.equal(page.$('[name=pin_code]').val(), '482001')
    assert.equal(page.$('[name=fulfilment]:checked').val(), 'pickup')
    const refused = await visitor.submit(FORM, { fulfilment: 'delivery' })
    assert.equal(refused.status, 422)
    assert.include(refused.$('#pin_code-error').text(), 'Choose pick up')
    assert.equal(refused.$('[name=address]').val(), '4 Napier Town, Jabalpur')
    assert.lengthOf(await Order.all(), 0)
    await visitor.submit(FORM, { fulfilment: 'pickup' })
    const order = await Order.firstOrFail()
    assert.deepEqual([order.fulfilment, order.pinCode], ['pickup', null])
  })

  test('takes a delivery to another address within it', async ({ assert }) => {
    await checkout()
    const address = '7 Janpath, New Delhi'
    await visitor.submit(FORM, { fulfilment: 'delivery', address, pin_code: '110 011' })
    const order = await Order.firstOrFail()
    assert.deepEqual([order.pinCode, order.address], ['110011', `${address} 110011`])
  })

  test('is not misled by a PIN code that the address contradicts', async ({ assert }) => {
    await checkout()
    const { address } = customer
    const elsewhere = { fulfilment: 'delivery', address, pin_code: '110001' }
    const refused = await visitor.submit(FORM, elsewhere)
    assert.include(refused.$('#pin_code-error').text(), 'another PIN code')
    assert.lengthOf(await Order.all(), 0)
  })

  test('asks for the PIN code when neither field nor address says one', async ({ assert }) => {
    await checkout()
    const nowhere = { fulfilment: 'delivery', address: 'Napier Town', pin_code: '' }
    const refused = await visitor.submit(FORM, nowhere)
    assert.include(refused.$('#pin_code-error').text(), 'Enter the PIN code')
    await shop.merge({ pinCode: null }).save()
    await visitor.submit(FORM, nowhere)
    assert.isNull((await Order.firstOrFail()).pinCode)
  })

  test('is refused through the API at the field', async ({ assert }) => {
    const client = await ApiClient.of(customer)
    const order = { shop_id: shop.id, items: [{ product_id: product.id }] }
    const send = (values: object) => client.post('/api/orders', { json: { ...order, ...values } })
    const refusals = [
      {},
      { address: 'Napier Town', pin_code: '482001' },
      { address: 'Napier Town' },
      { pin_code: '110001' },
    ]
    for (const values of refusals) {
      const { status, body } = await send(values)
      assert.equal(status, 422, JSON.stringify(values))
      assert.equal(body.errors[0].field, 'pin_code')
    }
    const taken = await send({ address: '7 Janpath', pin_code: '110001' })
    assert.equal(taken.status, 201)
    assert.equal(taken.body.pin_code, '110001')
    assert.equal((await send({ fulfilment: 'pickup' })).body.pin_code, null)
  })

  test('is what the owner said: a list, first digits or a distance', async ({ assert }) => {
    const goesThere = async (values: Partial<ShopSettings>) => {
      await settings(values)
      const page = await checkout()
      return page.$('[name=fulfilment]:checked').val() === 'delivery'
    }
    assert.isTrue(await goesThere({ deliveryArea: 'pins', deliveryPins: ['482001'] }))
    assert.isFalse(await goesThere({ deliveryPins: ['110001', '482002'] }))
    assert.isTrue(await goesThere({ deliveryArea: 'prefix', deliveryPrefix: '4' }))
    assert.isFalse(await goesThere({ deliveryArea: 'kilometres', deliveryKilometres: 100 }))
    assert.isFalse(await goesThere({ deliveryArea: 'district' }))
  })

  test('is stated on the settings page, field by field', async ({ assert }) => {
    visitor = await loggedIn(owner)
    const save = async (values: Record<string, string>) => {
      await visitor.visit(`/owner/shops/${shop.id}/settings`)
      return visitor.submit('#settings-form', values)
    }
    const missing = await save({ delivery_area: 'pins' })
    assert.equal(missing.status, 422)
    assert.isAbove(missing.$('#delivery_pins-error').length, 0)
    const wrong = await save({ delivery_area: 'pins', delivery_pins: '110001, Delhi' })
    assert.include(wrong.$('#delivery_pins-error').text(), 'commas')
    assert.equal(wrong.$('[name=delivery_pins]').val(), '110001, Delhi')
    await save({
      delivery_area: 'pins',
      delivery_pins: '110 001, ११०००२',
      free_delivery_from: '500',
    })
    const said = await ShopSettings.of(shop.id)
    assert.deepEqual(said.deliveryPins, ['110001', '110002'])
    assert.equal(said.freeDeliveryFromPaise, 50_000)
    const again = await visitor.visit(`/owner/shops/${shop.id}/settings`)
    assert.equal(again.$('[name=delivery_pins]').val(), '110001, 110002')
    await save({ delivery_area: 'kilometres', delivery_kilometres: '7', free_delivery_from: '' })
    const later = await ShopSettings.of(shop.id)
    assert.deepEqual([later.deliveryArea, later.deliveryKilometres], ['kilometres', 7])
    assert.isNull(later.freeDeliveryFromPaise)
  })

  test('is not measured from a shop that did not say where it is', async ({ assert }) => {
    await shop.merge({ pinCode: null }).save()
    visitor = await loggedIn(owner)
    for (const kind of ['district', 'kilometres']) {
      await visitor.visit(`/owner/shops/${shop.id}/settings`)
      const values = { delivery_area: kind, delivery_kilometres: '7' }
      const refused = await visitor.submit('#settings-form', values)
      assert.equal(refused.status, 422)
      assert.include(refused.$('#delivery_area-error').text(), 'PIN code of your shop')
      assert.equal(refused.$('[name=delivery_kilometres]').val(), '7')
    }
    assert.isNull((await ShopSettings.of(shop.id)).deliveryArea)
    await settings({ deliveryArea: 'kilometres', deliveryKilometres: 7 })
    visitor = await loggedIn(customer)
    const page = await checkout()
    assert.isDefined(page.$('[name=fulfilment][value=delivery]').attr('disabled'))
    assert.include(page.text, 'No home delivery')
    await visitor.submit(FORM, { fulfilment: 'pickup' })
    assert.equal((await Order.firstOrFail()).fulfilment, 'pickup')
  })

  test('cannot be stored half said or misspelt', async ({ assert }) => {
    const wrong: Partial<ShopSettings>[] = [
      { deliveryArea: 'pins' },
      { deliveryArea: 'prefix' },
      { deliveryArea: 'kilometres' },
      { deliveryPins: ['45200'] },
      { deliveryPins: [] },
      { deliveryPins: ['452001 452002'] },
      { deliveryPrefix: '012' },
      { deliveryKilometres: 0 },
      { freeDeliveryFromPaise: 0 },
    ]
    for (const values of wrong) {
      await assert.rejects(() => settings(values), /check constraint/)
    }
  })
})

test.group('What a delivery costs', (group) => {
  let shop: Shop
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    shop = await createShop()
    product = await createProduct({ shopId: shop.id, pricePaise: 5_000 })
    const terms = { deliveryFeePaise: 3_000, freeDeliveryFromPaise: 10_000 }
    await ShopSettings.create({ shopId: shop.id, ...terms })
    visitor = await loggedIn(await createUser())
  })

  const checkout = (quantity: number) => {
    return visitor.visit(`/products/${product.id}/checkout?quantity=${quantity}`)
  }

  test('is the fee below the value from which it is free, and nothing from there', async ({
    assert,
  }) => {
    assert.include((await checkout(1)).text, 'Free delivery from ₹100: add ₹50 more')
    await visitor.submit(FORM)
    await checkout(2)
    await visitor.submit(FORM)
    const orders = await Order.query().orderBy('id')
    assert.deepEqual(
      orders.map(({ deliveryFeePaise, totalPaise }) => [deliveryFeePaise, totalPaise]),
      [
        [3_000, 8_000],
        [0, 10_000],
      ]
    )
  })

  test('is shown again when a lower price lets the order fall below that value', async ({
    assert,
  }) => {
    await checkout(2)
    await product.merge({ pricePaise: 4_500 }).save()
    const page = await visitor.submit(FORM)
    assert.equal(page.status, 409)
    assert.include(page.text, 'Delivery fee: ₹0 → ₹30')
    assert.lengthOf(await Order.all(), 0)
    await visitor.submit(FORM)
    assert.equal((await Order.firstOrFail()).totalPaise, 12_000)
  })

  test('is nothing for a pick-up', async ({ assert }) => {
    await checkout(1)
    await visitor.submit(FORM, { fulfilment: 'pickup' })
    assert.equal((await Order.firstOrFail()).totalPaise, 5_000)
  })
})
