import router from '@adonisjs/core/services/router'
import { test } from '@japa/runner'
import ImportDraft from '#csv/import_draft'
import { SHOWN_AGAIN } from '#locale/shown_again'
import Product from '#models/product'
import type User from '#models/user'
import { crowdedMarket, type Market } from '#tests/helpers/crowded_market'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { createImportDraft } from '#tests/helpers/import_drafts'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const SWITCH = 'header button[lang=hi]'

/** Typed into forms that are refused for what is missing or wrong. */
const TYPED: Record<string, Record<string, string>> = {
  'POST /login': { username: 'asha.typed' },
  'POST /register/:role': { full_name: 'Asha typed', address: 'Typed Road', mobile: '1' },
  'PUT /place': { pin_code: 'typed' },
  'PUT /account': { full_name: 'Asha typed', address: 'Typed Road', mobile: '1' },
  'PUT /account/password': {},
  'POST /account/addresses': { label: 'Typed', address: 'Typed Road', pin_code: '1', mobile: '1' },
  'PUT /account/addresses/:id': { address: 'Typed Road', landmark: 'typed', pin_code: '1' },
  'POST /shops/:shop_id/checkout': { address: 'Typed Road', note: 'typed', mobile: '1' },
  'PUT /orders/:order_id/change': { note: 'typed note' },
  'POST /orders/:order_id/payment': { reference: '!typed!' },
  'POST /khata-codes': { code: 'typed' },
  'POST /owner/orders/:order_id/transitions': { reason: 'typed reason' },
  'POST /owner/orders/:order_id/refund': {},
  'POST /owner/orders/:order_id/payment': {},
  'POST /owner/shops': { name: 'Typed Kirana', city: '' },
  'PUT /owner/shops/:id': { name: 'Typed Kirana', city: '', pin_code: '1' },
  'POST /owner/shops/:shop_id/products': { name: 'Typed Atta', brand: 'Typed', price: 'a lot' },
  'PUT /owner/shops/:shop_id/products/:id': { name: 'Typed Atta', price: 'a lot' },
  'PUT /owner/shops/:shop_id/products/:product_id/stock': { stock: 'many' },
  'PUT /owner/shops/:shop_id/prices': { 'rows[:product_id][price]': 'a lot' },
  'POST /owner/shops/:shop_id/price-changes': { size: 'a lot' },
  'PUT /owner/shops/:shop_id/settings': {
    minimum_order: 'little',
    delivery_fee: 'none',
    packing_tolerance: 'much',
    fssai_number: 'typed',
    gstin: 'typed',
    legal_name: 'Typed Traders',
    legal_address: 'Typed Road',
    phone: 'typed',
    address: 'Typed Lane',
  },
  'POST /owner/shops/:shop_id/product-edits': { 'ids[]': ':product_id', 'stock': 'a lot' },
  'POST /owner/shops/:shop_id/counter': { amount: 'a lot' },
  'POST /owner/shops/:shop_id/khatas': {
    customer_name: 'Typed',
    mobile: '1',
    named_limit: 'a lot',
  },
  'PUT /owner/shops/:shop_id/khata-requests/:id': {},
  'PUT /owner/shops/:shop_id/hours': { from_1a: 'early', last_order: 'much' },
  'PUT /owner/shops/:shop_id/khatas/:id': { limit: 'a lot' },
  'POST /owner/shops/:shop_id/khata-invitations': { username: 'typed', limit: 'a lot' },
  'POST /owner/shops/:shop_id/khata-codes': { code_limit: 'a lot' },
  'POST /owner/shops/:shop_id/khatas/:khata_id/settlements': { amount: 'a lot', note: 'typed' },
  'POST /owner/shops/:shop_id/khatas/:khata_id/transactions/:transaction_id/reversal': {
    reason: 'r'.repeat(201),
  },
  'POST /owner/shops/:shop_id/product-imports': { csv: `typed\n${'a\n'.repeat(5_001)}a` },
}

/** They take away what the others need. */
const LAST = [
  'DELETE /owner/shops/:shop_id/products/:id',
  'DELETE /account/addresses/:id',
  'POST /logout',
  'DELETE /account/sessions',
]

test.group('The language switch', (group) => {
  let market: Market
  const people: Record<string, Visitor> = {}

  group.setup(async () => {
    await emptyDatabase()
    market = await crowdedMarket()
    for (const who of ['customer', 'owner'] as const) {
      people[who] = await loggedIn(market[who] as User)
    }
  })

  test('shows the answer to {name} in the other language, with what was typed')
    .with(actions)
    .run(async ({ assert }, { name, method, pattern }) => {
      const typed = TYPED[name]
      const bought = {
        'items[0][product_id]': market.product.id,
        'items[0][quantity]': '1',
        'items[0][price_paise]': '1',
      }
      const visitor = new Visitor()
      for (const cookie of people[whoMay(pattern)]?.cookies ?? []) visitor.cookies.set(...cookie)
      const path = pattern.replace(/:(\w+)/g, (_, param) => market.idOf(pattern, param))
      const body = new URLSearchParams(bought)
      const filled = Object.entries(typed ?? {}).map((typing) =>
        typing.map((text) => text.replace(':product_id', market.product.id))
      )
      for (const [field, value] of filled) body.set(field, value)
      const [sent, query] = method === 'POST' ? ['POST', ''] : ['POST', `?_method=${method}`]
      visitor.page = await visitor.request(sent, path + query, body)
      if (typed) assert.equal(visitor.page.status, 422)

      const page = await visitor.submit(SWITCH)
      assert.equal(page.status, 200)
      assert.equal(page.$('html').attr('lang'), 'hi')
      const shown = page.$('input, textarea').map((_, field) => page.$(field).val())
      assert.includeMembers(
        shown.get(),
        filled.map(([, value]) => value)
      )
      assert.lengthOf(page.$('.field-error').not('#corrections-form *'), 0)
    })
})

test.group('A form that the language switch sends', (group) => {
  let product: Product
  let visitor: Visitor
  let ofShop: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    product = await createProduct({ shopId: (await createShop({ ownerId: owner.id })).id })
    ofShop = `/owner/shops/${product.shopId}`
    visitor = await loggedIn(owner)
  })

  const send = (path: string, body: URLSearchParams | FormData, from: string) => {
    body.set('_locale', 'hi')
    return visitor.request('POST', path, body, { referer: visitor.origin + from })
  }

  test('is shown again, or was only a button', async ({ assert }) => {
    for (const { name, route, handler } of actions()) {
      const { reference } = handler as unknown as { reference: [() => Promise<any>, string] }
      const { default: controller } = await reference[0]()
      const showsAgain = String(controller.prototype[reference[1]]).includes('whenInvalid')
      assert.equal(SHOWN_AGAIN.includes(route!), showsAgain, name)
    }
  })

  test('presses no button', async ({ assert }) => {
    const path = `${ofShop}/products/${product.id}`
    const page = await send(`${path}?_method=DELETE`, new URLSearchParams(), `${path}/edit`)
    assert.equal(page.path, `${path}/edit`)
    assert.equal(page.$('html').attr('lang'), 'hi')
    assert.isNotNull(await Product.find(product.id))
  })

  test('is shown again though it could have a file', async ({ assert }) => {
    const csv = 'name,unit,price,stock\nNamkeen,1 kg,free,5'
    const imports = `${ofShop}/product-imports`
    const list = new FormData()
    list.set('csv', csv)
    const page = await send(imports, list, `${imports}/create`)
    assert.equal(page.status, 200)
    assert.equal(page.$('html').attr('lang'), 'hi')
    assert.equal(page.$('[name=csv]').val(), csv)
    assert.lengthOf(await ImportDraft.all(), 0)
  })

  test('keeps corrections, and imports nothing', async ({ assert }) => {
    const csv = 'name,unit,price,stock\nNamkeen,1 kg,free,5'
    const path = `${ofShop}/product-imports/${(await createImportDraft(product.shopId, csv)).id}`
    const corrections = new FormData()
    corrections.set('corrections[price-2]', 'dear')
    const page = await send(`${path}?_method=PUT`, corrections, path)
    assert.equal(page.$('html').attr('lang'), 'hi')
    assert.equal(page.$('[name="corrections[price-2]"]').val(), 'dear')
    assert.lengthOf(await Product.all(), 1)
  })
})

function actions() {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ pattern }) => !pattern.startsWith('/api') && pattern !== '/language')
    .flatMap(({ methods, pattern, name: route, handler }) =>
      methods
        .filter((method) => !['GET', 'HEAD', 'PATCH'].includes(method))
        .map((method) => ({ name: `${method} ${pattern}`, method, pattern, route, handler }))
    )
    .toSorted((one, other) => LAST.indexOf(one.name) - LAST.indexOf(other.name))
}

function whoMay(pattern: string) {
  if (/^\/(login|register)/.test(pattern)) return 'guest'
  return pattern.startsWith('/owner') ? 'owner' : 'customer'
}
