import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import fc from 'fast-check'
import type { Assert } from '@japa/assert'
import { goodsOf, isLoose } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import Khata from '#models/khata'
import Order from '#models/order'
import Product from '#models/product'
import { TradeMarket } from '#tests/helpers/trade_market'
import { HEAVIEST, tradeStep } from '#tests/helpers/trade_steps'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 6)
const SEED = process.env.PROPERTY_SEED ? Number(process.env.PROPERTY_SEED) : undefined

/** The most that an order can have been charged at any time: all of it, as heavy as the steps make it. */
function mostPaise({ items, deliveryFeePaise }: Order) {
  return items.reduce((sum, item) => {
    const heaviest = isLoose(item) ? Math.ceil((item.quantity * HEAVIEST) / 100) : item.quantity
    return sum + lineTotal({ ...goodsOf(item), pricePaise: item.pricePaise, quantity: heaviest })
  }, deliveryFeePaise)
}

/** What each product lost to orders: not what came back to the shelf, but also what was not on it. */
async function sold() {
  const { rows } = await db.rawQuery(
    `SELECT product_id, sum(coalesce(packed_quantity, quantity))::integer AS quantity
     FROM order_items AS item JOIN orders ON orders.id = order_id
     WHERE NOT (state IN ('declined', 'cancelled') AND available) GROUP BY product_id`
  )
  return new Map<string, number>(
    rows.map((row: { product_id: string; quantity: number }) => [row.product_id, row.quantity])
  )
}

async function holdsTrue(market: TradeMarket, assert: Assert) {
  const lost = await sold()
  for (const { id, name, stock } of await Product.all()) {
    const there = stock + (lost.get(id) ?? 0)
    assert.equal(there, market.shelved.get(id), `stock + reserved + sold of ${name}`)
  }
  const orders = await Order.query().preload('items')
  for (const customer of market.customers) {
    const placed = orders.filter(({ customerId }) => customerId === customer.id)
    assert.lengthOf(placed, market.orders.get(customer.id) ?? 0, 'one order for each form')
    const owing = placed.filter((order) => order.paymentMethod === 'khata' && !order.isReturned)
    const charged = owing.reduce((sum, { totalPaise }) => sum + totalPaise, 0)
    const khata = await Khata.query().where({ customerId: customer.id }).firstOrFail()
    const settled = market.settledPaise.get(customer.id) ?? 0
    assert.equal(await khata.balancePaise(), charged - settled, 'orders on khata less settlements')
  }
  for (const order of orders) {
    const costs = order.isReturned ? 0 : order.totalPaise
    assert.isAtMost(order.refundedPaise, order.paidPaise, 'no more is given back than was paid')
    assert.isAtMost(order.paidPaise, mostPaise(order), 'no more is paid than was asked')
    const items = order.items.reduce((sum, item) => sum + item.totalPaise, 0)
    assert.equal(order.itemsPaise, items, 'the total of the items is the sum of the lines')
    assert.equal(order.totalPaise, items + order.deliveryFeePaise)
    for (const item of order.items) {
      const amount = lineTotal({
        ...goodsOf(item),
        pricePaise: item.pricePaise,
        quantity: item.charged,
      })
      assert.isAtMost(item.amountPaise, amount, 'a line costs what the scale said, or less')
      if (order.paymentMethod === 'khata') assert.equal(item.amountPaise, amount)
    }
    if (order.paidPaise > 0 && !order.isReturned) {
      const left = order.paidPaise - order.refundedPaise
      assert.isAtMost(order.totalPaise, left, 'what was paid is never charged above')
    }
    assert.equal(order.refundDuePaise, Math.max(0, order.paidPaise - order.refundedPaise - costs))
    if (order.paymentMethod !== 'upi' && !order.paymentReceived) {
      assert.equal(order.paidPaise, 0, 'nothing is claimed where nothing is asked for')
    }
  }
  const { rows } = await db.rawQuery(
    'SELECT 1 FROM khata_entries GROUP BY transaction_id HAVING sum(amount_paise) <> 0'
  )
  assert.lengthOf(rows, 0, 'the entries of a transaction add up to zero')
}

test.group('Trade', () => {
  test('keeps stock, khatas and payments right in any order of events', async ({ assert }) => {
    const steps = fc.array(tradeStep, { minLength: 25, maxLength: 45, size: 'max' })
    const property = fc.asyncProperty(steps, async (chosen) => {
      const market = await TradeMarket.open()
      for (const step of chosen) {
        await market.take(step)
        await holdsTrue(market, assert)
      }
    })
    await fc.assert(property, {
      numRuns: RUNS,
      seed: SEED,
      endOnFailure: !process.env.PROPERTY_SHRINK,
    })
  })
    .timeout(60_000 + RUNS * 60_000)
    .tags(['@property'])
})
