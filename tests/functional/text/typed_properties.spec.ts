import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import { test } from '@japa/runner'
import { randomUUID } from 'node:crypto'
import { clean } from '#text/clean'
import Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import {
  createOwner,
  createProduct,
  createShop,
  createUser,
  PASSWORD,
} from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { spellings, typed } from '#tests/helpers/typed_texts'
import { Visitor, type Visit } from '#tests/helpers/visitor'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 4)
const SEED = process.env.PROPERTY_SEED ? Number(process.env.PROPERTY_SEED) : undefined

const TABLES = [
  ...[
    'users',
    'shops',
    'products',
    'orders',
    'order_items',
    'order_events',
    'cart_lines',
    'cities',
  ],
  ...[
    'khatas',
    'khata_invitations',
    'khata_transactions',
    'search_names',
    'search_misses',
    'renamed',
  ],
]

/** Everything that is stored as text, in any column. */
async function storedTexts() {
  const { rows: columns } = await db.rawQuery(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = ANY(?) AND data_type IN ('text', 'USER-DEFINED')`,
    [TABLES]
  )
  const texts: string[] = []
  for (const { table_name: table, column_name: column } of columns) {
    texts.push(
      ...(await db.from(table).whereNotNull(column).distinct(column)).map((row) => row[column])
    )
  }
  return texts
}

const list = fc
  .tuple(
    fc.constantFrom(
      'name,unit,price,stock',
      'name\tunit\tprice\tstock',
      'name',
      '',
      '\uFEFFname;price'
    ),
    fc.array(fc.array(typed, { maxLength: 5 }), { maxLength: 4 }),
    fc.constantFrom(',', '\t', ';'),
    fc.constantFrom('\n', '\r\n')
  )
  .map(([header, rows, separator, end]) => {
    return [header, ...rows.map((cells) => cells.join(separator))].join(end)
  })

test.group('Any text', (group) => {
  let customer: User
  let shop: Shop
  let product: Product
  let owners: Visitor
  let buyer: Visitor
  let api: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Toor Dal', stock: 1_000 })
    owners = await loggedIn(owner)
    buyer = await loggedIn(customer)
    api = await ApiClient.of(owner)
  })
  group.teardown(emptyDatabase)

  const submit = async (
    visitor: Visitor,
    path: string,
    form: string,
    values: Record<string, string>
  ) => {
    await visitor.visit(path)
    return visitor.submit(form, values)
  }

  const importList = async (csv: string): Promise<Visit[]> => {
    const home = `/owner/shops/${shop.id}`
    const preview = await submit(owners, `${home}/product-imports/create`, '[name=csv]', { csv })
    if (preview.$('#import-form [name=shown]').length === 0) return [preview]
    return [preview, await owners.submit('#import-form')]
  }

  /** One text in every field of every kind of entry point. */
  const everywhere: Record<string, (text: string) => Promise<{ status: number }[]>> = {
    'forms of an owner': async (text) => {
      const home = `/owner/shops/${shop.id}`
      const values = {
        name: text,
        name_hi: text,
        brand: text,
        unit: text,
        price: text,
        stock: text,
      }
      const goods = { price: '5', stock: '5', unit: '1 kg' }
      const edit = `${home}/products/${product.id}`
      return [
        await submit(owners, `${home}/products/create`, `form[action$="${home}/products"]`, values),
        await submit(owners, `${home}/products/create`, `form[action$="${home}/products"]`, {
          ...values,
          ...goods,
        }),
        await submit(owners, `${edit}/edit`, `form[action*="${edit}"]`, {
          name_hi: text,
          stock: text,
        }),
        await submit(owners, '/owner/shops/create', 'form[action$="/owner/shops"]', {
          ...{ name: text, city: text, pin_code: text },
        }),
        await submit(owners, '/owner/shops/create', 'form[action$="/owner/shops"]', {
          ...{ name: text, city: text, pin_code: '' },
        }),
        await submit(owners, `${home}/khatas`, 'form:has([name=username])', {
          username: text,
          limit: text,
        }),
        await submit(owners, `${home}/khatas`, '#named-form', {
          customer_name: text,
          mobile: '9876543210',
          named_limit: '5',
        }),
      ]
    },
    'registration and details': async (text) => {
      const names = { full_name: text, address: text }
      const account = { username: text, password: text, password_confirmation: text, mobile: text }
      const valid = { username: `u${randomUUID().slice(0, 8)}`, mobile: '9876543210' }
      const secret = { password: PASSWORD, password_confirmation: PASSWORD }
      const form = 'form[action*="/register/"]'
      const path = '/register/customer'
      const login = { username: text, password: PASSWORD }
      return [
        await submit(new Visitor(), path, form, { ...names, ...account }),
        await submit(new Visitor(), path, form, { ...names, ...valid, ...secret }),
        await submit(new Visitor(), '/login', 'form[action*="/login"]', login),
        await submit(buyer, '/account', 'form:has([name=full_name])', { ...names, mobile: text }),
        await submit(buyer, '/account', 'form:has([name=full_name])', {
          ...names,
          mobile: '9876543210',
        }),
      ]
    },
    'API': async (text) => {
      const path = `/api/shops/${shop.id}/products`
      const goods = { name: text, unit: text, brand: text, name_hi: text, price: 5 }
      const account = { full_name: text, address: text, role: 'customer', mobile: '9876543210' }
      const username = `u${randomUUID().slice(0, 8)}`
      return [
        await api.post(path, { json: goods }),
        await api.post(path, { json: { ...goods, price: text, stock: text } }),
        await api.patch(`${path}/${product.id}`, { name_hi: text, brand: text }),
        await api.post('/api/shops', { json: { name: text, city: text } }),
        await new ApiClient().post('/api/register', {
          json: { ...account, username, password: PASSWORD },
        }),
        await new ApiClient().post('/api/register', {
          json: { ...account, username: text, password: text },
        }),
        await new ApiClient().post('/api/token', { form: { username: text, password: text } }),
        await api.get(`/api/search?${new URLSearchParams({ q: text, city: text })}`),
        await api.get(`${path}?${new URLSearchParams({ cursor: text, limit: text })}`),
      ]
    },
    'searches and filters': async (text) => {
      const q = new URLSearchParams({ q: text, city: text, pin: text, brand: text, price: text })
      const paths = [
        '/search',
        '/shops',
        '/',
        `/shops/${shop.id}`,
        '/suggestions',
        '/search/suggestions',
      ]
      const visits = paths.map((path) => new Visitor().visit(`${path}?${q}&after=${q.get('q')}`))
      return [...(await Promise.all(visits)), await owners.visit(`/owner/shops/${shop.id}?${q}`)]
    },
    'cart and checkout': async (text) => {
      const add = '/cart/items'
      const wrong = new URLSearchParams({ product_id: text, quantity: text })
      const added = new URLSearchParams({ product_id: product.id, quantity: '1' })
      const checkout = `/shops/${shop.id}/checkout`
      return [
        await buyer.request('POST', add, wrong),
        await buyer.request('POST', add, added),
        await submit(buyer, checkout, '#checkout-form', {
          note: text,
          address: text,
          mobile: text,
        }),
        await submit(buyer, checkout, '#checkout-form', {
          note: text,
          address: `4 MG Road ${text}`,
          pin_code: '452001',
        }),
      ]
    },
  }

  for (const [entry, send] of Object.entries(everywhere)) {
    test(`is answered, and stored as it stays: ${entry}`, async ({ assert }) => {
      await fc.assert(
        fc.asyncProperty(typed, async (text) => {
          await db.from('orders').delete()
          for (const { status } of await send(text)) assert.isBelow(status, 500)
        }),
        { numRuns: RUNS, seed: SEED }
      )
      for (const text of await storedTexts()) assert.equal(clean(text), text)
    }).timeout(120_000)
  }

  test('is answered, and stored as it stays: lists', async ({ assert }) => {
    await fc.assert(
      fc.asyncProperty(list, async (csv) => {
        for (const { status } of await importList(csv)) assert.isBelow(status, 500)
      }),
      { numRuns: RUNS, seed: SEED }
    )
    for (const text of await storedTexts()) assert.equal(clean(text), text)
  }).timeout(120_000)

  test('makes no second product of a name', async ({ assert }) => {
    const names = fc.constantFrom('Toor Dal', 'Café Ghee', 'पढ\u093Cाई')
    await fc.assert(
      fc.asyncProperty(
        names.chain((name) => fc.tuple(fc.constant(name), spellings(name), spellings(name))),
        async ([name, one, other]) => {
          await Product.query().delete()
          const path = `/owner/shops/${shop.id}/products`
          const goods = { unit: '1 kg', price: '5', stock: '5' }
          await submit(owners, `${path}/create`, `form[action$="${path}"]`, { name: one, ...goods })
          await api.post(`/api/shops/${shop.id}/products`, { json: { name: other, price: 5 } })
          await importList(`name,unit,price,stock\n${name},1 kg,5,5`)
          await importList(`name,unit,price,stock\n${one},1 kg,6,5\n"${other}",1 kg,7,5`)
          assert.lengthOf(await Product.all(), 1, JSON.stringify([name, one, other]))
        }
      ),
      { numRuns: RUNS, seed: SEED }
    )
  }).timeout(120_000)
})
