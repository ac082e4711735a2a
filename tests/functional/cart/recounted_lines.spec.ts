import { test } from '@japa/runner'
import type Product from '#models/product'
import Order from '#models/order'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

type Values = Partial<Product>

const LOOSE: Values = { soldAs: 'loose', measure: 'weight', unit: 'kg', pricePaise: 12_000 }
const PACKED: Values = { soldAs: 'packed', measure: 'weight', unit: '1 kg', netQuantity: 1000 }
const BY_LITRE: Values = { ...LOOSE, measure: 'volume', unit: 'l' }

const CHANGES: { change: string; first: Values; then: Values; asked: Record<string, string> }[] = [
  { change: 'packed instead of loose', first: LOOSE, then: PACKED, asked: { quantity: '500' } },
  { change: 'loose instead of packed', first: PACKED, then: LOOSE, asked: {} },
  { change: 'by litre instead of kilo', first: LOOSE, then: BY_LITRE, asked: { quantity: '500' } },
]

for (const { change, first, then, asked } of CHANGES) {
  test.group(`A line of goods that are sold ${change}`, (group) => {
    let product: Product
    let customer: User

    group.each.setup(async () => {
      await emptyDatabase()
      product = await createProduct({ ...first, name: 'Toor Dal', stock: 9_000 })
      customer = await createUser({ username: 'asha' })
      await standbyCaughtUp()
    })

    const sellOtherwise = async () => {
      await product.merge(then).save()
      await standbyCaughtUp()
    }

    const add = async (visitor: Visitor, values = asked) => {
      await visitor.visit(`/shops/${product.shopId}`)
      return visitor.submit('.buy form', values)
    }

    test('is shown as changed, counts nothing, and is replaced by a new one', async ({
      assert,
    }) => {
      const visitor = new Visitor()
      await add(visitor)
      await sellOtherwise()
      const { $ } = await visitor.visit('/cart')
      assert.include($('[data-change]').text(), 'The shop sells this differently now')
      assert.include($('.total-grand').text(), '₹0')
      assert.lengthOf($('.line .step'), 0)
      await add(visitor, {})
      await visitor.visit('/cart')
      assert.lengthOf(visitor.page!.$('.line'), 1)
      assert.lengthOf(visitor.page!.$('[data-change]'), 0)
      const one = then.soldAs === 'packed' ? '1' : then.measure === 'volume' ? '50 ml' : '50 g'
      assert.equal(visitor.page!.$('.quantity').contents().last().text().trim(), one)
    })

    test('can only be removed', async ({ assert }) => {
      const visitor = new Visitor()
      await add(visitor)
      await visitor.visit('/cart')
      const { action, fields } = visitor.form('.line .stepper')
      fields.set('quantity', '1000')
      if (fields.has('base_unit')) fields.set('base_unit', 'ml')
      else fields.set('base_unit', 'g')
      const answer = await visitor.request('POST', action, fields)
      assert.include(answer.text, 'Nothing was changed now')
      await sellOtherwise()
      await visitor.visit('/cart')
      await visitor.submit('.line form')
      assert.lengthOf(visitor.page!.$('.line'), 0)
    })

    test('is not in the order', async ({ assert }) => {
      const visitor = await loggedIn(customer)
      await add(visitor)
      await sellOtherwise()
      const { $ } = await visitor.visit(`/shops/${product.shopId}/checkout`)
      assert.lengthOf($('#checkout-form'), 0)
      assert.include($('[data-change]').text(), 'The shop sells this differently now')
    })

    test('is not ordered from an open checkout page', async ({ assert }) => {
      const visitor = await loggedIn(customer)
      await add(visitor)
      await visitor.visit(`/shops/${product.shopId}/checkout`)
      await sellOtherwise()
      const answer = await visitor.submit('#checkout-form')
      assert.equal(answer.status, 409)
      assert.include(answer.text, 'The shop sells this differently now')
      assert.lengthOf(await Order.all(), 0)
    })

    test('is not added from an open page of the shop', async ({ assert }) => {
      const visitor = new Visitor()
      await visitor.visit(`/shops/${product.shopId}`)
      await sellOtherwise()
      const answer = await visitor.submit('.buy form', asked)
      assert.include(answer.$('#status').text(), 'The shop sells Toor Dal differently now')
      assert.lengthOf((await visitor.visit('/cart')).$('.line'), 0)
    })

    test('does not come into the account that has the new one', async ({ assert }) => {
      const guest = new Visitor()
      await add(guest)
      await sellOtherwise()
      const phone = await loggedIn(customer)
      await add(phone, {})
      const before = (await phone.visit('/cart')).$('.quantity').text()
      await guest.visit('/login')
      const page = await guest.submit('#session-form', { username: 'asha', password: PASSWORD })
      assert.include(page.$('#status').text(), 'The shop sells these differently now')
      assert.equal((await phone.visit('/cart')).$('.quantity').text(), before)
    })

    test('gives way to the new one of the browser that logs in', async ({ assert }) => {
      const phone = await loggedIn(customer)
      await add(phone)
      await sellOtherwise()
      const guest = new Visitor()
      await add(guest, {})
      const before = (await guest.visit('/cart')).$('.quantity').text()
      await guest.visit('/login')
      await guest.submit('#session-form', { username: 'asha', password: PASSWORD })
      const { $ } = await guest.visit('/cart')
      assert.lengthOf($('.line'), 1)
      assert.equal($('.quantity').text(), before)
    })

    test('is not ordered again', async ({ assert }) => {
      const quantity = Number(asked.quantity ?? 1)
      const { id } = await createOrder({ product, customer, quantity })
      await sellOtherwise()
      const visitor = await loggedIn(customer)
      await visitor.visit(`/orders/${id}`)
      await visitor.submit('form[action*="reorder"]')
      assert.lengthOf(visitor.page!.$('.line'), 0)
      assert.include(visitor.page!.$('#status').text(), 'Toor Dal')
    })
  })
}

test.group('Buy now', (group) => {
  group.each.setup(emptyDatabase)

  test('takes an amount or rupees of loose goods to the checkout', async ({ assert }) => {
    const product = await createProduct({ ...LOOSE, pricePaise: 12_500, stock: 9_000 })
    await standbyCaughtUp()
    const visitor = await loggedIn(await createUser())
    await visitor.visit(`/shops/${product.shopId}`)
    const { action, fields } = visitor.form('.buy form')
    fields.set('amount', '₹20')
    fields.set('buy', '1')
    const page = await visitor.request('POST', action, fields)
    assert.include(page.path, '/checkout?quantity=160&base_unit=g')
    assert.match(page.$('.bill-line').text().replace(/\s+/g, ' '), /160 g · ₹125 per kg .*₹20/)
    const moved = await visitor.send('POST', action, fields, {
      'hx-request': 'true',
      'hx-request-type': 'partial',
    })
    assert.include(moved.headers.get('hx-redirect'), '/checkout?quantity=160')
    fields.set('amount', 'much')
    assert.equal((await visitor.request('POST', action, fields)).status, 422)
    assert.equal((await visitor.visit('/cart')).$('.line').length, 0)
  })

  test('orders nothing of an amount that is too small or counted otherwise', async ({ assert }) => {
    const product = await createProduct({ ...LOOSE, stock: 9_000 })
    const visitor = await loggedIn(await createUser())
    for (const query of ['quantity=1', 'quantity=2&base_unit=pack', 'quantity=500&base_unit=ml']) {
      const { $ } = await visitor.visit(`/products/${product.id}/checkout?${query}`)
      assert.lengthOf($('#checkout-form'), 0, query)
      assert.lengthOf($('[data-change]'), 1, query)
    }
    const page = await visitor.visit(`/products/${product.id}/checkout`)
    assert.equal(page.$('[name="items[0][quantity]"]').val(), '50')
    assert.equal(
      (await visitor.submit('#checkout-form', { 'items[0][quantity]': '1' })).status,
      409
    )
    assert.lengthOf(await Order.all(), 0)
    await visitor.visit(`/products/${product.id}/checkout?quantity=250&base_unit=g`)
    await visitor.submit('#checkout-form')
    const [order] = await Order.query().preload('items')
    assert.equal(order.itemsPaise, 3000)
    assert.equal(order.items[0].quantity, 250)
  })
})

test.group('A pack that has less in it since', (group) => {
  let product: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    product = await createProduct({ name: 'Besan', unit: '1 kg', pricePaise: 90_00 })
    visitor = await loggedIn(await createUser())
    await visitor.request('POST', '/cart/items', new URLSearchParams({ product_id: product.id }))
  })

  const shrink = () => product.merge({ unit: '500 g' }).save()

  test('says so in the cart', async ({ assert }) => {
    assert.lengthOf((await visitor.visit('/cart')).$('[data-change]'), 0)
    await shrink()
    assert.include((await visitor.visit('/cart')).$('[data-change]').text(), 'A pack is 500 g now')
  })

  for (const page of ['the cart', 'Buy now']) {
    test(`is not ordered unseen from an open checkout page of ${page}`, async ({ assert }) => {
      await visitor.visit(
        page === 'Buy now'
          ? `/products/${product.id}/checkout`
          : `/shops/${product.shopId}/checkout`
      )
      await shrink()
      const answer = await visitor.submit('#checkout-form')
      assert.equal(answer.status, 409)
      assert.include(answer.$('[data-change]').text(), 'A pack is 500 g now')
      assert.lengthOf(await Order.all(), 0)
      assert.equal((await visitor.submit('#checkout-form')).status, 200)
      assert.lengthOf(await Order.all(), 1)
    })
  }
})
