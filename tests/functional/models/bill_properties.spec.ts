import { parse } from 'csv-parse/sync'
import { test } from '@japa/runner'
import i18nManager from '@adonisjs/i18n/services/main'
import fc from 'fast-check'
import { buffer } from 'node:stream/consumers'
import { billPdf } from '#documents/bill_pdf'
import { gstTable } from '#documents/gst_return'
import { Presenter } from '#locale/presenter'
import { DateTime } from 'luxon'
import { TIME_ZONE } from '#locale/time_zone'
import Bill from '#models/bill'
import Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import { billOf, orderOf, stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { moveTo } from '#tests/helpers/orders'
import { textOf } from '#tests/helpers/pdf'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 6)

const item = fc.record({
  soldAs: fc.constantFrom('packed' as const, 'loose' as const),
  rupees: fc.integer({ min: 1, max: 900 }),
  paise: fc.integer({ min: 0, max: 99 }),
  quantity: fc.integer({ min: 1, max: 99 }),
  gstBasisPoints: fc.constantFrom(0, 300, 500, 1800),
  isLeftOut: fc.boolean(),
})

const basket = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 6 }),
  deliveryFeePaise: fc.integer({ min: 0, max: 9_999 }),
  address: fc.constantFrom('12 MG Road, Indore 452001', '4 Ring Road, Surat 395002', '12 MG Road'),
})

type Basket = typeof basket extends fc.Arbitrary<infer Value> ? Value : never

test.group('The bills of random baskets', () => {
  test('agree with order, khata, PDF and GST return to the paisa', async ({ assert }) => {
    const property = fc.asyncProperty(
      fc.array(basket, { minLength: 1, maxLength: 3 }),
      async (baskets) => {
        await emptyDatabase()
        const owner = await createOwner()
        const customer = await createUser()
        const shop = await createShop({ ownerId: owner.id, pinCode: null })
        const khata = await openKhata(shop.id, customer, 1_000_000_000)

        const productOf = ({ soldAs, rupees, paise, gstBasisPoints }: Basket['items'][number]) =>
          createProduct({
            ...{ shopId: shop.id, soldAs, gstBasisPoints, hsnCode: '0713', stock: 100_000 },
            ...{ unit: soldAs === 'loose' ? 'kg' : '500 g', pricePaise: rupees * 100 + paise },
          })

        async function deliver({ items, deliveryFeePaise, address }: Basket) {
          await stateTaxScheme(shop.id, 'regular', { deliveryFeePaise, deliveryArea: null })
          const lines: { product: Product; quantity: number }[] = []
          for (const chosen of items) {
            const grams = chosen.soldAs === 'loose' ? 50 : 1
            lines.push({ product: await productOf(chosen), quantity: chosen.quantity * grams })
          }
          const values = { lines, deliveryFeePaise, address, paymentMethod: 'khata' as const }
          const order = await moveTo(await orderOf(customer, values), 'accepted', owner)
          for (const [index, { product }] of lines.entries()) {
            const gone = await order
              .related('items')
              .query()
              .where('product_id', product.id)
              .firstOrFail()
            if (index > 0 && items[index].isLeftOut) await order.leaveOut(gone.id, owner)
          }
          for (const verb of ['pack', 'send', 'deliver'] as const) await order.move(verb, owner)
        }

        for (const each of baskets) await deliver(each)

        const orders = await Order.query().preload('items').orderBy('id')
        for (const order of orders) {
          const bill = await billOf(order)
          assert.equal(bill.totalPaise, order.totalPaise)
          assert.equal(bill.sums.valuePaise, order.totalPaise)
          assert.equal(bill.sums.cgstPaise, bill.sums.sgstPaise)
          assert.deepEqual(
            bill.lines.map(({ name, amountPaise }) => [name, amountPaise]).sort(),
            order.items
              .filter(({ available }) => available)
              .map((each) => [each.name, each.totalPaise])
              .sort()
          )
          const said = await textOf(await buffer(await billPdf(bill, i18nManager.locale('en'))))
          const { money } = new Presenter('en')
          const { taxablePaise } = bill.sums
          for (const paise of [order.totalPaise, order.itemsPaise, taxablePaise]) {
            assert.include(said, money(paise))
          }
        }

        const billed = (await Bill.all()).reduce((sum, { totalPaise }) => sum + totalPaise, 0)
        const kept = await Khata.findOrFail(khata.id)
        assert.equal(await kept.balancePaise(), billed)

        const month = DateTime.now().setZone(TIME_ZONE).toFormat('yyyy-MM')
        const csv = await gstTable('hsn', { shopId: shop.id, month })
        const rows: Record<string, string>[] = parse(csv, { columns: true })
        const values = rows.map((row) => Math.round(Number(row['Total Value']) * 100))
        assert.equal(
          values.reduce((sum, value) => sum + value, 0),
          billed
        )
      }
    )
    await fc.assert(property, { numRuns: RUNS, endOnFailure: !process.env.PROPERTY_SHRINK })
  })
    .timeout(60_000 + RUNS * 60_000)
    .tags(['@property'])
})
