import { test } from '@japa/runner'
import { clean } from '#text/clean'
import Order from '#models/order'
import Product from '#models/product'
import Shop from '#models/shop'
import User from '#models/user'
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
import { createOrder } from '#tests/helpers/orders'
import { Visitor, type Visit } from '#tests/helpers/visitor'

const NOTHING = '\u200B'
const HEADER = 'name,unit,price,stock'

const TWINS = [
  ['Toor Dal', 'Toor  Dal'],
  ['Toor Dal', 'Toor\u00A0Dal'],
  ['Toor Dal', 'Toor\u200B Dal'],
  ['Toor Dal', 'Ｔｏｏｒ　Ｄａｌ'],
  ['Café', 'Cafe\u0301'],
  ['प\u095Dाई', 'पढ\u093Cाई'],
  ['İmli', 'imli'],
  ['ΟΔΟΣ', 'οδος'],
  ['Haldiram’s', `Haldiram's`],
]

test.group('What is typed', (group) => {
  let owner: User
  let shop: Shop
  let visitor: Visitor
  let api: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    api = await ApiClient.of(owner)
  })
  group.teardown(emptyDatabase)

  const addProduct = async (values: Record<string, string>) => {
    await visitor.visit(`/owner/shops/${shop.id}/products/create`)
    const given = { name: 'Besan', unit: '1 kg', price: '52', stock: '1', ...values }
    return visitor.submit(`form[action$="/owner/shops/${shop.id}/products"]`, given)
  }

  const preview = async (...lines: string[]) => {
    await visitor.visit(`/owner/shops/${shop.id}/product-imports/create`)
    return visitor.submit('textarea[name=csv]', { csv: [HEADER, ...lines].join('\n') })
  }

  const post = (path: string, json: object) => api.post(path, { json })

  const wrong = ({ $ }: Visit) => $('[aria-invalid=true]').attr('name')

  for (const field of ['name', 'unit']) {
    test(`is missing when nobody sees it: ${field} of a product`, async ({ assert }) => {
      const page = await addProduct({ [field]: NOTHING })
      assert.equal(page.status, 422)
      assert.equal(wrong(page), field)
      assert.lengthOf(await Product.all(), 0)
    })
  }

  for (const field of ['name', 'city']) {
    test(`is missing when nobody sees it: ${field} of a shop`, async ({ assert }) => {
      await visitor.visit('/owner/shops/create')
      const values = { name: 'Gupta Kirana', city: 'Indore', [field]: NOTHING }
      const page = await visitor.submit('form[action$="/owner/shops"]', values)
      assert.equal(page.status, 422)
      assert.equal(wrong(page), field)
      const { status } = await post('/api/shops', values)
      assert.equal(status, 422)
      assert.lengthOf(await Shop.all(), 1)
    })
  }

  for (const field of ['full_name', 'address', 'username']) {
    test(`is missing when nobody sees it: ${field} of an account`, async ({ assert }) => {
      const account = {
        username: 'asha.verma',
        password: PASSWORD,
        password_confirmation: PASSWORD,
        full_name: 'Asha Verma',
        address: '12 MG Road',
        mobile: '9876543210',
        [field]: NOTHING,
      }
      const guest = new Visitor()
      await guest.visit('/register/customer')
      const page = await guest.submit('form[action*="/register/"]', account)
      assert.equal(page.status, 422)
      assert.equal(wrong(page), field)
      const json = { ...account, role: 'customer' }
      const answer = await new ApiClient().post('/api/register', { json })
      assert.equal(answer.status, 400)
      assert.equal(answer.body.errors[0].field, field)
      assert.lengthOf(await User.all(), 1)
    })
  }

  test('is missing when nobody sees it: the reason for declining', async ({ assert }) => {
    const order = await createOrder({ product: await createProduct({ shopId: shop.id }) })
    await visitor.visit(`/owner/orders/${order.id}`)
    const page = await visitor.request(
      'POST',
      `/owner/orders/${order.id}/transitions`,
      new URLSearchParams({ verb: 'decline', reason: NOTHING })
    )
    assert.equal(page.status, 422)
    assert.equal((await order.refresh()).state, 'placed')
  })

  test('is missing when nobody sees it: in the API, in a list', async ({ assert }) => {
    const path = `/api/shops/${shop.id}/products`
    for (const field of ['name', 'unit', 'brand']) {
      const product = { name: 'Besan', price: 52, [field]: NOTHING }
      const { status, body } = await post(path, product)
      if (field === 'name') assert.equal(status, 422)
      else assert.equal(body[field], field === 'unit' ? '1 piece' : null)
      await Product.query().delete()
    }
    const page = await preview(`${NOTHING},1 kg,52,1`, `Besan,${NOTHING},52,1`)
    assert.lengthOf(page.$('#import-form [name=shown]'), 0)
  })

  test('is stored cleaned, from each entry point', async ({ assert }) => {
    const name = '\u202A Toor\u00A0 Dal\u202C'
    await addProduct({ name, unit: '1\t kg', name_hi: 'तूर\u200B दाल', brand: ' Tata\u2060' })
    const { name: stored, nameHi, brand, unit } = await Product.firstOrFail()
    assert.deepEqual([stored, nameHi, brand, unit], ['Toor Dal', 'तूर दाल', 'Tata', '1 kg'])
    await Product.query().delete()

    const answer = await post(`/api/shops/${shop.id}/products`, { name, price: 52 })
    assert.equal(answer.body.name, 'Toor Dal')
    await Product.query().delete()

    await preview(`${name},1  kg,52,1`)
    await visitor.submit('#import-form')
    assert.deepInclude((await Product.firstOrFail()).details, { name: 'Toor Dal', unit: '1 kg' })
  })

  test('finds with the address as with the field: search, filters of lists', async ({ assert }) => {
    await createProduct({ shopId: shop.id, name: 'Toor Dal' })
    const typed = encodeURIComponent('\u202AToor\u00A0\u200B Dal\u202C')
    const owners = await visitor.visit(`/owner/shops/${shop.id}?q=${typed}`)
    assert.include(owners.$('#owner-products').text(), 'Toor Dal')
    const page = await visitor.visit(`/search?q=${typed}&city=In\u200Bdore`)
    assert.lengthOf(page.$('[id^=buy-]'), 1)
    const { body } = await api.get(`/api/search?q=${typed}&type=product`)
    assert.equal(body.results[0].name, 'Toor Dal')
  })

  test('logs in with what was pasted around the username, and counts as one name', async ({
    assert,
  }) => {
    const customer = await createUser({ username: 'meena' })
    const guest = new Visitor()
    await guest.visit('/login')
    const form = 'form[action*="/login"]'
    const page = await guest.submit(form, { username: ' meena\u200B', password: PASSWORD })
    assert.equal(page.status, 200)
    assert.include(page.text, customer.fullName)
    const token = { username: 'meena\u00A0', password: PASSWORD }
    assert.equal((await new ApiClient().post('/api/token', { form: token })).status, 200)

    const statuses: number[] = []
    for (let count = 0; count < 12; count++) {
      const attempt = { username: `meena${'\u200B'.repeat(count)}`, password: 'wrong-one' }
      statuses.push((await new ApiClient().post('/api/token', { form: attempt })).status)
    }
    assert.include(statuses, 429)
  })

  test('keeps a note only when there is one', async ({ assert }) => {
    const product = await createProduct({ shopId: shop.id })
    const customer = await createUser()
    const buyer = await loggedIn(customer)
    for (const [note, stored] of [
      [NOTHING, null],
      ['ring \r\n twice\u200B', 'ring twice'],
    ]) {
      await buyer.visit(`/shops/${shop.id}`)
      await buyer.submit(`#buy-${product.id} form`)
      await buyer.visit(`/shops/${shop.id}/checkout`)
      await buyer.submit('#checkout-form', { note: note!, address: '4 \n MG Road 452001' })
      const order = await Order.query().orderBy('number', 'desc').firstOrFail()
      assert.deepEqual([order.note, order.address], [stored, '4 MG Road 452001'])
    }
  })

  for (const [name, twin] of TWINS) {
    test(`is one product: ${name}, ${twin}`, async ({ assert }) => {
      const product = await createProduct({ shopId: shop.id, name: clean(name) })
      const page = await addProduct({ name: twin })
      assert.equal(page.status, 422)
      assert.equal(wrong(page), 'name')
      const { status } = await post(`/api/shops/${shop.id}/products`, { name: twin, price: 1 })
      assert.equal(status, 409)

      const other = await createProduct({ shopId: shop.id, name: 'Besan' })
      const path = `/api/shops/${shop.id}/products/${other.id}`
      assert.equal((await api.patch(path, { name: twin })).status, 409)
      const edit = `/owner/shops/${shop.id}/products/${other.id}`
      await visitor.visit(`${edit}/edit`)
      assert.equal((await visitor.submit(`form[action*="${edit}"]`, { name: twin })).status, 422)

      const found = await preview(`${twin},1 kg,1,1`)
      await visitor.submit('#import-form')
      assert.equal(found.status, 200)
      assert.equal((await product.refresh()).pricePaise, 100)

      const twice = await preview(`${name},1 kg,5,1`, `${twin},1 kg,7,1`)
      assert.equal(twice.status, 200)
      assert.include(twice.text, 'already in the list')
      assert.lengthOf(await Product.all(), 2)
    })
  }
})
