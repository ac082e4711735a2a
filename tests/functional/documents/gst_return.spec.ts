import { parse } from 'csv-parse/sync'
import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { withPaise } from '#locale/rupees'
import Bill from '#models/bill'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { billed, orderOf, stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { moveTo } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const SURAT = '4 Ring Road, Surat 395002'

/** As if the bills had been written then. */
const dateBills = (day: string) =>
  db.rawQuery(`
    ALTER TABLE bills DISABLE TRIGGER USER;
    UPDATE bills SET issued_on = '${day}';
    ALTER TABLE bills ENABLE TRIGGER USER`)

test.group('The tables for GSTR-1', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let besan: Product
  let dal: Product
  let salt: Product
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    shop = await createShop({ ownerId: owner.id })
    await stateTaxScheme(shop.id, 'regular')
    const goods = { shopId: shop.id, stock: 90_000 }
    besan = await createProduct({
      ...{ ...goods, name: 'Besan', pricePaise: 10_500, unit: '500 g' },
      ...{ hsnCode: '11061000', gstBasisPoints: 500 },
    })
    dal = await createProduct({
      ...{ ...goods, name: 'Dal', pricePaise: 12_000, unit: 'kg', soldAs: 'loose' },
      ...{ measure: 'weight', hsnCode: '11061000', gstBasisPoints: 500 },
    })
    salt = await createProduct({
      ...{ ...goods, name: 'Salt', pricePaise: 2_000, hsnCode: '2501', gstBasisPoints: 0 },
    })
    visitor = await loggedIn(owner)
  })

  const deliver = async (
    lines: { product: Product; quantity: number }[],
    values: { address?: string } = {}
  ) => moveTo(await orderOf(customer, { lines, ...values }), 'delivered', owner)

  const download = async (table: string, month = '2026-11', of = shop) => {
    const path = `/owner/shops/${of.id}/gst-returns.csv?month=${month}&table=${table}`
    const response = await visitor.send('GET', path)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  const rowsOf = async (table: string, month?: string): Promise<Record<string, string>[]> =>
    parse((await download(table, month)).text, { columns: true })

  test('have the headings of the government’s tool, without a byte order mark', async ({
    assert,
  }) => {
    const headings = {
      b2cs: 'Type,Place Of Supply,Applicable % of Tax Rate,Rate,Taxable Value,Cess Amount,E-Commerce GSTIN',
      hsn:
        'HSN,Description,UQC,Total Quantity,Total Value,Rate,Taxable Value,Integrated Tax Amount,' +
        'Central Tax Amount,State/UT Tax Amount,Cess Amount',
      docs: 'Nature of Document,Sr. No. From,Sr. No. To,Total Number,Cancelled',
    }
    for (const [table, heading] of Object.entries(headings)) {
      const { text, headers } = await download(table)
      assert.equal(text, `${heading}\n`)
      const name = `attachment; filename="gstr1-${table}-2026-11.csv"`
      assert.equal(headers.get('content-disposition'), name)
    }
  })

  test('sum the bills of a month, to the paisa', async ({ assert }) => {
    await deliver([
      { product: besan, quantity: 3 },
      { product: dal, quantity: 251 },
      { product: salt, quantity: 2 },
    ])
    await deliver([{ product: dal, quantity: 333 }])
    await deliver([{ product: besan, quantity: 1 }], { address: SURAT })
    await dateBills('2026-11-30')
    const bills = await Bill.query().preload('lines')
    const lines = bills.flatMap((bill) => bill.lines.map((line) => ({ line, bill })))
    const sum = (key: 'taxablePaise' | 'cgstPaise' | 'igstPaise' | 'valuePaise', some = lines) =>
      withPaise(some.reduce((total, { line }) => total + line[key], 0))
    const taxed = lines.filter(({ line }) => line.gstBasisPoints === 500)
    const here = taxed.filter(({ bill }) => bill.placeOfSupply === '23')
    const there = taxed.filter(({ bill }) => bill.placeOfSupply === '24')

    const places = (await rowsOf('b2cs')).map((row) => Object.values(row))
    assert.deepEqual(places, [
      ['OE', '23-Madhya Pradesh', '', '5', sum('taxablePaise', here), '', ''],
      ['OE', '24-Gujarat', '', '5', sum('taxablePaise', there), '', ''],
    ])

    const goods = (await rowsOf('hsn')).map((row) => Object.values(row))
    const [cgst, igst] = [sum('cgstPaise', taxed), sum('igstPaise', taxed)]
    assert.deepEqual(goods, [
      [
        ...['11061000', '', 'KGS-KILOGRAMS', '2.58', sum('valuePaise', taxed), '5'],
        ...[sum('taxablePaise', taxed), igst, cgst, cgst, ''],
      ],
      ['2501', '', 'KGS-KILOGRAMS', '1.00', '40.00', '0', '40.00', '0.00', '0.00', '0.00', ''],
    ])
    const total = bills.reduce((all, { totalPaise }) => all + totalPaise, 0)
    const values = (await rowsOf('hsn')).map((row) => Math.round(Number(row['Total Value']) * 100))
    assert.equal(values[0] + values[1], total)
  })

  test('count documents, and cancelled ones, but no sale of a cancelled bill', async ({
    assert,
  }) => {
    await billed(owner, { customer, product: besan })
    const order = await deliver([{ product: besan, quantity: 1 }])
    await order.stepBack(owner, 'delivered')
    await order.move('cancel', owner, 'Nobody at home')
    await dateBills('2026-11-01')
    const [first, last] = await Bill.query().orderBy('number')
    assert.deepEqual(await rowsOf('docs'), [
      {
        'Nature of Document': 'Invoices for outward supply',
        'Sr. No. From': first.number,
        'Sr. No. To': last.number,
        'Total Number': '2',
        'Cancelled': '1',
      },
    ])
    const [{ 'Taxable Value': taxable }] = await rowsOf('b2cs')
    assert.equal(taxable, '100.00')
  })

  test('have only bills of the month, of the shop, and of a regular taxpayer', async ({
    assert,
  }) => {
    await billed(owner, { customer, product: besan })
    await dateBills('2026-10-31')
    const other = await createShop({ ownerId: owner.id })
    await stateTaxScheme(other.id, 'regular')
    await billed(owner, {
      customer,
      product: await createProduct({ shopId: other.id, gstBasisPoints: 500 }),
    })
    await stateTaxScheme(shop.id, 'composition')
    await billed(owner, { customer, product: besan })
    await db.rawQuery(`
      ALTER TABLE bills DISABLE TRIGGER USER;
      UPDATE bills SET issued_on = '2026-11-15' WHERE issued_on <> '2026-10-31';
      ALTER TABLE bills ENABLE TRIGGER USER`)
    for (const table of ['b2cs', 'hsn', 'docs']) {
      assert.lengthOf(await rowsOf(table, '2026-10'), 1, table)
      assert.lengthOf(await rowsOf(table), 0, table)
    }
  })

  test('leave out large bills to other states, and lines without rate or code, and the page says it', async ({
    assert,
  }) => {
    const rice = await createProduct({ shopId: shop.id, name: 'Rice', pricePaise: 3_000 })
    const oil = await createProduct({ shopId: shop.id, pricePaise: 7_000, gstBasisPoints: 500 })
    const tea = await createProduct({
      ...{ shopId: shop.id, pricePaise: 1_00_000_10, gstBasisPoints: 500, hsnCode: '0902' },
    })
    await deliver([
      { product: rice, quantity: 1 },
      { product: oil, quantity: 1 },
      { product: salt, quantity: 1 },
    ])
    await deliver([{ product: tea, quantity: 1 }], { address: SURAT })
    await dateBills('2026-11-10')
    const [, large] = await Bill.query().orderBy('number')
    assert.deepEqual(
      (await rowsOf('b2cs')).map((row) => [row['Place Of Supply'], row['Taxable Value']]),
      [['23-Madhya Pradesh', '66.66']]
    )
    assert.deepEqual((await rowsOf('hsn')).map((row) => row.HSN).sort(), ['0902', '2501'])
    const { text } = await visitor.visit(`/owner/shops/${shop.id}/gst-returns?month=2026-11`)
    for (const expected of [
      large.number,
      'without a GST rate: ₹30',
      'in the HSN table: ₹70',
      '₹20 in your state',
    ]) {
      assert.include(text, expected)
    }
  })

  test('are on a page with the months that have bills, and the latest first', async ({
    assert,
  }) => {
    await billed(owner, { customer, product: besan, quantity: 2 })
    await dateBills('2026-04-01')
    const path = `/owner/shops/${shop.id}/gst-returns`
    const page = await visitor.visit(path)
    assert.include(page.text, 'April 2026')
    const cells = page
      .$('tbody td')
      .get()
      .map((cell) => page.$(cell).text().trim())
    assert.deepEqual(cells, ['Tax invoice', '1', '0', '₹210', '₹10'])
    const links = page
      .$('a[href*="gst-returns.csv"]')
      .get()
      .map((link) => page.$(link).attr('href'))
    assert.deepEqual(
      links,
      ['b2cs', 'hsn', 'docs'].map((table) => `${path}.csv?month=2026-04&table=${table}`)
    )
    assert.include((await visitor.visit(`${path}?month=2026-05`)).text, 'No bills in this month.')
    assert.equal((await visitor.visit(`${path}?month=x`)).status, 200)
    assert.lengthOf((await visitor.visit(`/owner/shops/${shop.id}`)).$(`a[href="${path}"]`), 1)
  })

  test('are for the owner only, and for months and tables that there are', async ({ assert }) => {
    const other = await createShop()
    assert.equal((await download('b2cs', '2026-11', other)).status, 404)
    assert.equal((await download('b2b')).status, 404)
    assert.equal((await download('b2cs', '2026-13')).status, 404)
  })
})
