import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import type User from '#models/user'
import type { ApplicationProcess } from '#tests/helpers/application_process'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const PATIENCE = 45_000

/** Somebody waits for a lock in the middle of writing a khata down. */
async function waitsForKhata() {
  const { rows } = await db.rawQuery(
    `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%khatas%for update%'`
  )
  if (rows.length === 0) throw new Error('Nobody waits')
}

/** @param start a server on the database of the tests */
export function crashContract(where: string, start: () => Promise<ApplicationProcess>) {
  test.group(`A server that is killed during checkout, ${where}`, (group) => {
    let customer: User
    let product: Product

    group.each.setup(async () => {
      await emptyDatabase()
      customer = await createUser()
      product = await createProduct({ stock: 5 })
      await openKhata(product.shopId, customer, 1_000_000)
    })

    test('leaves no half order, and the same submission at another places one', async ({
      assert,
      cleanup,
    }) => {
      const servers = await Promise.all([start(), start()])
      cleanup(async () => {
        await Promise.all(servers.map((server) => server.stop()))
      })
      const [first, second] = await Promise.all(
        servers.map(({ origin }) => {
          return loggedIn(customer, new Visitor({ 'accept-language': 'en' }, origin))
        })
      )
      await first.visit(`/products/${product.id}/checkout?quantity=1`)
      const { action, fields } = first.form('#checkout-form')
      fields.set('payment_method', 'khata')

      const held = await db.transaction()
      await Khata.query({ client: held }).where('customer_id', customer.id).forUpdate()
      const answer = first.request('POST', action, fields).catch(() => 'no answer')
      await eventually(waitsForKhata, PATIENCE)
      await servers[0].kill()
      assert.equal(await answer, 'no answer')
      await held.rollback()

      await eventually(async () => {
        const { rows } = await db.rawQuery(
          `SELECT FROM pg_locks JOIN pg_class ON oid = relation
           WHERE relname = 'orders' AND mode = 'RowExclusiveLock'`
        )
        assert.lengthOf(rows, 0)
      }, PATIENCE)
      assert.lengthOf(await Order.all(), 0)
      assert.equal((await product.refresh()).stock, 5)
      for (let attempt = 0; attempt < 2; attempt++) await second.request('POST', action, fields)
      assert.lengthOf(await Order.all(), 1)
      assert.equal((await product.refresh()).stock, 4)
    }).timeout(240_000)
  })
}
