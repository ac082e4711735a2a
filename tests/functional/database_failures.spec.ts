import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

/** From now on the connection that does this ends, as when PostgreSQL is stopped. Returns how to undo it. */
async function endConnectionOn(
  event: string,
  table: string,
  when: 'AT ONCE' | 'AT COMMIT' = 'AT ONCE'
): Promise<() => Promise<void>> {
  await db.rawQuery(`
    CREATE OR REPLACE FUNCTION end_connection() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$`)
  await db.rawQuery(`
    CREATE ${when === 'AT ONCE' ? 'TRIGGER' : 'CONSTRAINT TRIGGER'} end_connection
    ${when === 'AT ONCE' ? 'BEFORE' : 'AFTER'} ${event} ON ${table}
    ${when === 'AT ONCE' ? '' : 'DEFERRABLE INITIALLY DEFERRED'}
    FOR EACH ROW EXECUTE FUNCTION end_connection()`)
  return async () => {
    await eventually(() => db.rawQuery('DROP FUNCTION IF EXISTS end_connection CASCADE'))
  }
}

test.group('When the database fails', (group) => {
  let customer: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser()
    product = await createProduct({ stock: 10 })
  })

  /** The pool may still hold a connection that was ended. */
  const orders = async () => {
    let found: Order[] = []
    await eventually(async () => (found = await Order.query().where('customer_id', customer.id)))
    return found
  }
  const inApi = () => ({
    json: { shop_id: product.shopId, items: [{ product_id: product.id, quantity: 1 }] },
  })

  async function atCheckout() {
    const visitor = await loggedIn(customer)
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form[action*="/cart/items"]')
    await visitor.visit(`/shops/${product.shopId}/checkout`)
    return visitor
  }

  const checkOut = (visitor: Visitor) => visitor.submit('#checkout-form')

  test('before an order is placed, the page says that it may not be', async ({
    assert,
    cleanup,
  }) => {
    const visitor = await atCheckout()
    cleanup(await endConnectionOn('INSERT', 'orders'))
    const { status, headers, text } = await checkOut(visitor)
    assert.equal(status, 503)
    assert.equal(headers.get('retry-after'), '5')
    assert.include(text, 'whether your change was saved')
    assert.lengthOf(await orders(), 0)
  })

  test('when an order is undone by its commit, the page is no success', async ({
    assert,
    cleanup,
  }) => {
    const visitor = await atCheckout()
    cleanup(await endConnectionOn('INSERT', 'orders', 'AT COMMIT'))
    const { status, headers, text } = await checkOut(visitor)
    assert.equal(status, 503)
    assert.isNull(headers.get('location'))
    assert.include(text, 'whether your change was saved')
    assert.lengthOf(await orders(), 0)
  })

  test('a commit that the database refuses fails, and runs nothing that follows a commit', async ({
    assert,
    cleanup,
  }) => {
    cleanup(await endConnectionOn('UPDATE', 'products', 'AT COMMIT'))
    let followed = false
    const change = db.transaction(async (client) => {
      client.after('commit', () => void (followed = true))
      await product.useTransaction(client).merge({ stock: 3 }).save()
    })
    await assert.rejects(() => change)
    assert.isFalse(followed)
  })

  test('after an order was placed, the page is no success and no fault of ours', async ({
    assert,
    cleanup,
  }) => {
    const visitor = await atCheckout()
    cleanup(await endConnectionOn('UPDATE', 'sessions'))
    const { status, headers, text } = await checkOut(visitor)
    assert.equal(status, 503)
    assert.isNull(headers.get('location'))
    assert.include(text, 'it counts only once')
    assert.lengthOf(await orders(), 1)
  })

  test('before an order is placed, a program is told to look', async ({ assert, cleanup }) => {
    const client = await ApiClient.of(customer)
    cleanup(await endConnectionOn('INSERT', 'orders'))
    const { status, headers, body } = await client.post('/api/orders', inApi())
    assert.equal(status, 503)
    assert.equal(headers.get('retry-after'), '5')
    assert.include(body.detail, 'before you retry')
    assert.lengthOf(await orders(), 0)
  })

  test('after an order was placed, a program is told that it was', async ({ assert, cleanup }) => {
    const client = await ApiClient.of(customer)
    cleanup(await endConnectionOn('UPDATE', 'access_tokens'))
    const { status, body } = await client.post('/api/orders', inApi())
    assert.equal(status, 503)
    assert.include(body.detail, 'It was saved')
    assert.lengthOf(await orders(), 1)
  })

  test('the order that was placed is found by the same key', async ({ assert, cleanup }) => {
    const client = await ApiClient.of(customer)
    const headers = { 'idempotency-key': 'a-key-of-the-program' }
    const goOn = await endConnectionOn('UPDATE', 'access_tokens')
    cleanup(goOn)
    assert.equal((await client.post('/api/orders', { ...inApi(), headers })).status, 503)
    await goOn()
    const again = await client.post('/api/orders', { ...inApi(), headers })
    assert.equal(again.status, 201)
    assert.lengthOf(await orders(), 1)
    assert.equal(again.body.id, (await orders())[0].id)
  })
})
