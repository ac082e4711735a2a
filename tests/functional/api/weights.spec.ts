import { test } from '@japa/runner'
import type Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder, moveTo } from '#tests/helpers/orders'

test.group('API weights of loose items', (group) => {
  let owner: User
  let customer: User
  let dal: Product
  let order: Order
  let at: string
  let asOwner: ApiClient
  let asCustomer: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const { id: shopId } = await createShop({ ownerId: owner.id })
    const loose = { soldAs: 'loose', unit: 'kg', pricePaise: 12_000, stock: 5000 } as const
    dal = await createProduct({ shopId, name: 'Toor dal', ...loose })
    customer = await createUser()
    asOwner = await ApiClient.of(owner)
    asCustomer = await ApiClient.of(customer)
    await accept()
  })

  async function accept(values: Parameters<typeof createOrder>[0] = {}) {
    const placed = await createOrder({ customer, product: dal, quantity: 1000, ...values })
    order = await moveTo(placed, 'accepted', owner)
    const [{ id }] = await order.related('items').query()
    at = `/api/orders/${order.id}/items/${id}`
  }

  const weigh = (json: object, headers = {}) => asOwner.patch(at, json, headers)
  const answer = (json: object) => asCustomer.post(`${at}/answer`, { json })
  const stockNow = async () => (await dal.refresh()).stock

  test('are charged at once within the tolerance', async ({ assert }) => {
    for (const [json, base, total] of [
      [{ quantity: 1.05 }, 1050, 126],
      [{ base_quantity: 950 }, 950, 114],
    ] as const) {
      const { status, body } = await weigh(json)
      assert.equal(status, 200)
      assert.containSubset(body, { total_amount: total, status: 'confirmed' })
      assert.containSubset(body.items[0], {
        ...{ quantity: 1, base_quantity: 1000, line_total: total },
        ...{ packed_quantity: base / 1000, base_packed_quantity: base, asked_quantity: null },
      })
      assert.equal(await stockNow(), 5000 - base)
      assert.deepEqual((await asCustomer.get(`/api/orders/${order.id}`)).body, body)
    }
  })

  test('beyond the tolerance wait for what the customer answers', async ({ assert }) => {
    const { body: asked } = await weigh({ quantity: 1.3 })
    assert.containSubset(asked.items[0], {
      ...{ packed_quantity: null, asked_quantity: 1.3, base_asked_quantity: 1300 },
      ...{ line_total: 120 },
    })
    const packed = () => asOwner.patch(`/api/orders/${order.id}/status`, { status: 'packed' })
    assert.equal((await packed()).status, 409)
    assert.equal((await answer({ answer: 'agree', base_asked_quantity: 1200 })).status, 409)
    const { status, body } = await answer({ answer: 'agree', base_asked_quantity: 1300 })
    assert.equal(status, 200)
    assert.containSubset(body.items[0], { base_packed_quantity: 1300, line_total: 156 })
    assert.equal(body.total_amount, 156)
    assert.equal(await stockNow(), 3700)
    assert.equal((await packed()).status, 200)
    assert.equal((await weigh({ quantity: 1 })).status, 409)
  })

  test('are as ordered when the customer keeps to that', async ({ assert }) => {
    await weigh({ base_quantity: 1300 })
    const { body } = await answer({ answer: 'keep', base_asked_quantity: 1300 })
    assert.containSubset(body.items[0], { packed_quantity: null, asked_quantity: null })
    assert.equal(body.total_amount, 120)
    assert.equal(await stockNow(), 4000)
  })

  test('are taken only while they are as they were read', async ({ assert }) => {
    const etag = async () => (await asOwner.get(`/api/orders/${order.id}`)).headers.get('etag')!
    const read = { 'if-match': await etag() }
    assert.equal((await weigh({ quantity: 1.02 }, read)).status, 200)
    assert.equal((await weigh({ quantity: 1.04 }, read)).status, 412)
    assert.equal((await weigh({ quantity: 1.04 }, { 'if-match': await etag() })).status, 200)
  })

  test('that cannot be are refused', async ({ assert }) => {
    for (const [json, status, message] of [
      [{}, 422, /Send quantity or base_quantity/],
      [{ quantity: 1.0505 }, 422, /whole number of g/],
      [{ quantity: 1, base_quantity: 1001 }, 422, /differ/],
      [{ base_quantity: 0 }, 422, /1/],
      [{ quantity: 6.5 }, 409, /^Only 4 kg more of Toor dal left$/],
    ] as [object, number, RegExp][]) {
      const refused = await weigh(json)
      assert.equal(refused.status, status, JSON.stringify(json))
      assert.match(refused.body.detail, message)
    }
    assert.equal((await weigh({ quantity: 1 }, { 'if-match': '"other"' })).status, 412)
    assert.equal(await stockNow(), 4000)
    const besan = await createProduct({ shopId: dal.shopId })
    await accept({ product: besan, quantity: 2 })
    assert.equal((await weigh({ quantity: 1 })).status, 409)
  })

  test('of an order on khata stay within its limit', async ({ assert }) => {
    await openKhata(dal.shopId, customer, 14_000)
    await accept({ paymentMethod: 'khata' })
    await weigh({ quantity: 1.3 })
    const { status, body } = await answer({ answer: 'agree', base_asked_quantity: 1300 })
    assert.equal(status, 409)
    assert.equal(body.detail, 'The order exceeds the limit of the khata')
  })

  test('belong to the owner, and answers to the customer', async ({ assert }) => {
    assert.equal((await asCustomer.patch(at, { quantity: 1 })).status, 403)
    const otherOwner = await ApiClient.of(await createOwner())
    assert.equal((await otherOwner.patch(at, { quantity: 1 })).status, 404)
    const json = { answer: 'keep', base_asked_quantity: 1300 }
    assert.equal((await asOwner.post(`${at}/answer`, { json })).status, 404)
    const unknown = at.replace(/[^/]+$/, dal.id)
    assert.equal((await asOwner.patch(unknown, { quantity: 1 })).status, 404)
  })
})
