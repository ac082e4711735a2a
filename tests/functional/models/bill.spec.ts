import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { TIME_ZONE } from '#locale/time_zone'
import Bill from '#models/bill'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { billed, billOf, GSTIN, stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.constraint ?? error.message
  )

test.group('The bill of an order', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let besan: Product
  let salt: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    const goods = { shopId: shop.id, stock: 100 }
    besan = await createProduct({
      ...{ ...goods, name: 'Besan', nameHi: 'बेसन', pricePaise: 10_500 },
      ...{ hsnCode: '11061000', gstBasisPoints: 500 },
    })
    salt = await createProduct({ ...goods, name: 'Salt', pricePaise: 2_000, gstBasisPoints: 0 })
  })

  const deliver = (values: Parameters<typeof createOrder>[0] = {}) =>
    billed(owner, { customer, product: besan, ...values })

  test('is written with its delivery, and not before', async ({ assert }) => {
    const order = await moveTo(
      await createOrder({ customer, product: besan }),
      'out_for_delivery',
      owner
    )
    assert.isNull(await Bill.of(order))
    await order.move('deliver', owner)
    const { number, kind, totalPaise, lines } = await billOf(order)
    assert.match(number, /^P\d{4}-\d{2}\/000001$/)
    assert.deepEqual({ kind, totalPaise }, { kind: 'bill', totalPaise: 10_500 })
    assert.lengthOf(lines, 1)
  })

  test('is not written for an order that ends otherwise', async ({ assert }) => {
    for (const state of ['declined', 'cancelled', 'expired'] as const) {
      assert.isNull(
        await Bill.of(await moveTo(await createOrder({ customer, product: besan }), state, owner))
      )
    }
  })

  const schemes = [
    [null, 'bill', 'P', 0],
    ['unregistered', 'bill', 'P', 0],
    ['composition', 'bill_of_supply', 'S', 0],
    ['regular', 'tax_invoice', 'T', 250],
  ] as const

  test('follows the tax scheme that the shop states: {0}')
    .with([...schemes])
    .run(async ({ assert }, [scheme, kind, series, half]) => {
      await stateTaxScheme(shop.id, scheme)
      const bill = await deliver()
      assert.equal(bill.kind, kind)
      assert.equal(bill.number[0], series)
      assert.equal(bill.gstin, half || kind === 'bill_of_supply' ? GSTIN : null)
      const { cgstPaise, sgstPaise, igstPaise, taxablePaise } = bill.sums
      assert.deepEqual(
        { cgstPaise, sgstPaise, igstPaise, taxablePaise },
        { cgstPaise: half, sgstPaise: half, igstPaise: 0, taxablePaise: 10_500 - 2 * half }
      )
    })

  test('of a regular taxpayer names taxed and exempt goods', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular')
    assert.equal((await deliver({ product: salt })).kind, 'bill_of_supply')
    const request = requestFor([{ product: besan }, { product: salt }])
    const both = await moveTo(await place(customer, shop.id, request), 'delivered', owner)
    const { kind, lines } = await billOf(both)
    assert.equal(kind, 'invoice_cum_bill_of_supply')
    assert.deepEqual(
      lines.map(({ name, hsnCode, gstBasisPoints, cgstPaise }) => {
        return { name, hsnCode, gstBasisPoints, cgstPaise }
      }),
      [
        { name: 'Besan', hsnCode: '11061000', gstBasisPoints: 500, cgstPaise: 250 },
        { name: 'Salt', hsnCode: null, gstBasisPoints: 0, cgstPaise: 0 },
      ]
    )
  })

  test('does not invent a rate that the shop has not stated', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular')
    const rice = await createProduct({ shopId: shop.id, pricePaise: 10_500 })
    const { kind, lines, sums } = await deliver({ product: rice })
    assert.equal(kind, 'tax_invoice')
    assert.isNull(lines[0].gstBasisPoints)
    assert.deepEqual([sums.taxPaise, sums.valuePaise], [0, 10_500])
  })

  test('has integrated tax for a delivery into another state, and not for a pick-up', async ({
    assert,
  }) => {
    await stateTaxScheme(shop.id, 'regular')
    const address = '4 Ring Road, Surat 395002'
    const there = await deliver({ address })
    assert.deepEqual([there.shopState, there.placeOfSupply], ['23', '24'])
    assert.deepEqual([there.sums.igstPaise, there.sums.cgstPaise], [500, 0])
    const here = await deliver({ address, fulfilment: 'pickup' })
    assert.deepEqual([here.placeOfSupply, here.customerAddress], ['23', null])
    assert.deepEqual([here.sums.igstPaise, here.sums.cgstPaise], [0, 250])
  })

  test('has the delivery fee in the value of the goods', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular', { deliveryFeePaise: 2_500 })
    const offer = {
      items: [besan, salt].map(({ id, pricePaise }) => ({
        productId: id,
        quantity: 1,
        pricePaise,
      })),
      deliveryFeePaise: 2_500,
    }
    const request = { ...requestFor([]), offer }
    const order = await moveTo(await place(customer, shop.id, request), 'delivered', owner)
    const { lines, sums, totalPaise } = await billOf(order)
    assert.deepEqual(
      lines.map(({ feePaise, cgstPaise }) => [feePaise, cgstPaise]),
      [
        [2_100, 300],
        [400, 0],
      ]
    )
    assert.equal(sums.valuePaise, totalPaise)
    assert.equal(totalPaise, 15_000)
  })

  test('keeps what it said when shop, product and customer change', async ({ assert }) => {
    await stateTaxScheme(shop.id, 'regular', {
      ...{
        legalName: 'Gupta Traders',
        legalAddress: '5 Station Road',
        fssaiNumber: '12345678901234',
      },
    })
    const { id } = await deliver()
    const shown = async () =>
      (await Bill.query().where({ id }).preload('lines').firstOrFail()).serialize()
    const before = await shown()
    assert.containSubset(before, { shopLegalName: 'Gupta Traders', fssaiNumber: '12345678901234' })
    await stateTaxScheme(shop.id, 'unregistered', { legalName: null, legalAddress: null })
    await shop.merge({ name: 'Other' }).save()
    await besan.merge({ name: 'Other', gstBasisPoints: 1800, hsnCode: '0713' }).save()
    await customer.merge({ fullName: 'Other', address: 'Other' }).save()
    assert.deepEqual(await shown(), before)
    await besan.delete()
    assert.deepEqual(await shown(), before)
  })

  test('leaves out what the shop did not have', async ({ assert }) => {
    const request = requestFor([{ product: besan }, { product: salt }])
    const order = await place(customer, shop.id, request)
    await moveTo(order, 'accepted', owner)
    const items = await order.related('items').query().orderBy('name')
    await order.leaveOut(items[1].id, owner)
    for (const verb of ['pack', 'send', 'deliver'] as const) await order.move(verb, owner)
    const { lines, totalPaise } = await billOf(order)
    assert.deepEqual(
      lines.map(({ name }) => name),
      ['Besan']
    )
    assert.equal(totalPaise, 10_500)
  })

  test('keeps its number when the delivery is undone, and is cancelled when the order is', async ({
    assert,
  }) => {
    const order = await moveTo(await createOrder({ customer, product: besan }), 'delivered', owner)
    const first = await billOf(order)
    await order.stepBack(owner, 'delivered')
    await order.move('deliver', owner)
    const again = await billOf(order)
    assert.deepEqual(again.serialize(), first.serialize())
    await order.stepBack(owner, 'delivered')
    await order.move('cancel', owner, 'Nobody at home')
    const { cancelledAt, number } = await billOf(order)
    assert.isNotNull(cancelledAt)
    assert.equal(number, first.number)
    assert.match((await deliver()).number, /000002$/)
  })

  test('has a number of its shop, its series and its financial year, without twins and gaps', async ({
    assert,
  }) => {
    const orders = await Promise.all(
      Array.from({ length: 12 }, (_, index) => createOrder({ product: index % 4 ? besan : salt }))
    )
    for (const order of orders) await moveTo(order, 'out_for_delivery', owner)
    await stateTaxScheme(shop.id, 'regular')
    const other = await billed(owner)
    await Promise.all(
      orders.map((order, index) =>
        index % 3 ? order.move('deliver', owner) : order.move('cancel', owner, 'as asked')
      )
    )
    const bills = await Bill.query().where('shop_id', shop.id).orderBy('number')
    const now = DateTime.now().setZone(TIME_ZONE).minus({ months: 3 })
    const year = `${now.year}-${String(now.year + 1).slice(-2)}`
    assert.deepEqual(
      bills.map(({ number }) => number),
      Array.from({ length: 8 }, (_, index) => `T${year}/00000${index + 1}`)
    )
    assert.equal(other.number, `P${year}/000001`)
    await stateTaxScheme(shop.id, 'composition')
    assert.equal((await deliver()).number, `S${year}/000001`)
  })

  test('counts the financial year from April, by the days of India', async ({ assert }) => {
    const years = [
      ['2026-03-31T18:29:59Z', '2025-26'],
      ['2026-03-31T18:30:00Z', '2026-27'],
      ['2027-03-31T12:00:00Z', '2026-27'],
      ['2099-12-31T12:00:00Z', '2099-00'],
    ]
    for (const [moment, year] of years) {
      const { rows } = await db.rawQuery('SELECT financial_year(indian_date(?)) AS year', [moment])
      assert.equal(rows[0].year, year)
    }
  })

  test('stays as it was written, in the database too', async ({ assert }) => {
    const { id, orderId } = await deliver()
    const statements = [
      `UPDATE bills SET total_paise = total_paise + 1, items_paise = items_paise + 1`,
      `UPDATE bills SET number = 'X'`,
      `UPDATE bills SET customer_name = 'X', cancelled_at = now()`,
      `DELETE FROM bills`,
      `UPDATE bill_lines SET name = 'X'`,
      `DELETE FROM bill_lines`,
    ]
    for (const statement of statements) {
      assert.equal(await codeOf(db.rawQuery(statement)), 'bills_are_written_once', statement)
    }
    const more = `INSERT INTO bill_lines SELECT (jsonb_populate_record(l, '{"position": 2}')).* FROM bill_lines AS l`
    assert.equal(
      await codeOf(
        db.rawQuery(
          more
            .replace('INTO bill_lines', 'INTO bill_lines')
            .replace('{"position": 2}', JSON.stringify({ position: 2, id: crypto.randomUUID() }))
        )
      ),
      'bills_add_up'
    )
    await db.rawQuery('UPDATE bills SET cancelled_at = now() WHERE id = ?', [id])
    assert.equal(
      await codeOf(db.rawQuery('UPDATE bills SET cancelled_at = NULL')),
      'bills_are_written_once'
    )
    await db.rawQuery('DELETE FROM orders WHERE id = ?', [orderId])
    assert.lengthOf(await Bill.all(), 0)
  })
})
