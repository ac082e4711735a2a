import fc from 'fast-check'
import { test } from '@japa/runner'
import type { Assert } from '@japa/assert'
import { goodsOf, largestQuantity, MEASURES } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import Bill from '#models/bill'
import type Khata from '#models/khata'
import Order from '#models/order'
import { PAYMENT_METHODS } from '#models/order_state'
import Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type Shop from '#models/shop'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { stateTaxScheme } from '#tests/helpers/bills'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { place, requestFor } from '#tests/helpers/orders'
import { standbyCaughtUp } from '#tests/helpers/standby'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 6) * 5
const UTR = '405512345678'

const line = fc.record({
  soldAs: fc.constantFrom('loose' as const, 'loose' as const, 'packed' as const),
  measure: fc.constantFrom(...MEASURES),
  pricePaise: fc.integer({ min: 20, max: 50_000 }),
  /** Of the most that an order takes of it, in thousandths. */
  share: fc.integer({ min: 1, max: 1_000 }),
  /** What the shop has more of it than is ordered, in thousandths of that. */
  rest: fc.integer({ min: 0, max: 300 }),
  gstBasisPoints: fc.constantFrom(null, 0, 500, 1800),
})

const item = fc.nat({ max: 4 })
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('weigh' as const),
      item,
      thousandths: fc.oneof(
        fc.integer({ min: 900, max: 1_100 }),
        fc.integer({ min: 0, max: 1_400 })
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('agree' as const, 'keep' as const), item }),
  },
  fc.record({ do: fc.constant('leaveOut' as const), item }),
  fc.record({ do: fc.constantFrom('claim', 'confirm', 'dispute', 'refund', 'cancel') })
)

const trade = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  method: fc.constantFrom(...PAYMENT_METHODS),
  feePaise: fc.integer({ min: 0, max: 9_999 }),
  scheme: fc.constantFrom(
    null,
    'unregistered' as const,
    'composition' as const,
    'regular' as const
  ),
  whilePlaced: fc.array(step, { maxLength: 1 }),
  steps: fc.array(step, { minLength: 3, maxLength: 10, size: 'max' }),
  last: fc.array(fc.constantFrom('pack', 'send', 'deliver', 'refund', 'confirm'), { maxLength: 6 }),
})

type Trade = typeof trade extends fc.Arbitrary<infer Value> ? Value : never
type Step = Trade['steps'][number]

interface Market {
  owner: User
  customer: User
  shop: Shop
  khata: Khata
  products: Product[]
  orderId: string
}

async function open({ lines, method, feePaise, scheme }: Trade): Promise<Market> {
  await emptyDatabase()
  const owner = await createOwner()
  const customer = await createUser()
  const shop = await createShop({ ownerId: owner.id })
  await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis', deliveryFeePaise: feePaise })
  await stateTaxScheme(shop.id, scheme)
  const khata = await openKhata(shop.id, customer, 1_000_000_000)
  const wanted = []
  for (const { soldAs, measure, pricePaise, share, rest, gstBasisPoints } of lines) {
    const product = await createProduct({
      ...{ shopId: shop.id, soldAs, measure, pricePaise, gstBasisPoints, hsnCode: '0713' },
    })
    const smallest = product.smallest ?? 1
    const quantity = Math.max(smallest, Math.floor((largestQuantity(product) * share) / 1_000))
    await product.merge({ stock: quantity + Math.floor((quantity * rest) / 1_000) }).save()
    wanted.push({ product, quantity })
  }
  const { offer, ...request } = requestFor(wanted, { paymentMethod: method })
  const order = await place(customer, shop.id, {
    ...request,
    offer: { ...offer, deliveryFeePaise: feePaise },
  })
  const products = wanted.map(({ product }) => product)
  return { owner, customer, shop, khata, products, orderId: order.id }
}

const orderOf = ({ orderId }: Market) => {
  return Order.query()
    .where('id', orderId)
    .preload('items', (items) => items.orderBy('id'))
    .firstOrFail()
}

/** What the domain refuses is part of the trade; what only the database refuses is not. */
async function attempt(work: Promise<unknown>) {
  await work.catch((error: { code?: string }) => {
    if (!error.code?.startsWith('E_')) throw error
  })
}

async function take(market: Market, taken: Step | { do: string }) {
  const { owner, customer } = market
  const order = await orderOf(market)
  const chosen = 'item' in taken ? order.items[taken.item % order.items.length] : order.items[0]
  const asked = chosen.askedQuantity ?? chosen.quantity
  switch (taken.do) {
    case 'weigh': {
      const { thousandths } = taken as Extract<Step, { do: 'weigh' }>
      const weight = Math.max(1, Math.round((chosen.quantity * thousandths) / 1_000))
      return attempt(order.weigh(chosen.id, weight, owner))
    }
    case 'agree':
    case 'keep':
      return attempt(order.answer(chosen.id, taken.do, asked, customer))
    case 'leaveOut':
      return attempt(order.leaveOut(chosen.id, owner))
    case 'claim':
      return attempt(order.claimPayment(customer, UTR))
    case 'confirm':
      return attempt(order.confirmPayment(owner))
    case 'dispute':
      return attempt(order.disputePayment(owner))
    case 'refund':
      return attempt(order.refund(owner, order.refundDuePaise, UTR))
    default:
      return attempt(order.move(taken.do as 'pack', owner, 'as asked'))
  }
}

async function holdsTrue(market: Market, shelved: Map<string, number>, assert: Assert) {
  const order = await orderOf(market)
  const { items, isReturned } = order
  for (const { id, stock } of await Product.all()) {
    const [sold] = items.filter(({ productId }) => productId === id)
    const taken = isReturned && sold.available ? 0 : sold.charged
    assert.equal(stock + taken, shelved.get(id), 'stock + reserved + sold')
  }
  const sum = items.reduce((paise, { totalPaise }) => paise + totalPaise, 0)
  assert.equal(order.itemsPaise, sum, 'the total of the items is the sum of the lines')
  assert.equal(order.totalPaise, sum + order.deliveryFeePaise)
  for (const weighed of items) {
    const { pricePaise, charged: quantity, amountPaise } = weighed
    const costs = lineTotal({ ...goodsOf(weighed), pricePaise, quantity })
    assert.isAtMost(amountPaise, costs, 'a line costs what the scale said, or less')
    if (order.paymentMethod === 'khata') assert.equal(amountPaise, costs)
  }
  if (order.paidPaise > 0 && !isReturned) {
    assert.isAtMost(order.totalPaise, order.paidPaise - order.refundedPaise)
  }
  const owed = order.paymentMethod === 'khata' && !isReturned ? order.totalPaise : 0
  assert.equal(await (await market.khata.refresh()).balancePaise(), owed, 'the khata is the order')
  const bill = await Bill.of(order)
  assert.equal(bill !== null, order.state === 'delivered')
  if (!bill) return
  assert.equal(bill.totalPaise, order.totalPaise, 'the bill is the order')
  assert.equal(bill.sums.valuePaise, order.totalPaise)
  assert.equal(bill.sums.cgstPaise, bill.sums.sgstPaise)
}

/** Numbers as a page or a client shows them. */
async function areShown(market: Market, assert: Assert) {
  await standbyCaughtUp()
  const order = await orderOf(market)
  const { body } = await (await ApiClient.of(market.customer)).get(`/api/orders/${order.id}`)
  const paise = (rupees: number) => Math.round(rupees * 100)
  assert.equal(paise(body.total_amount), order.totalPaise)
  for (const shown of body.items) {
    const { totalPaise, charged } = order.items.find(({ id }) => id === shown.id)!
    assert.equal(paise(shown.line_total), totalPaise)
    assert.equal(shown.base_packed_quantity ?? shown.base_quantity, charged)
  }
  const rupees = (of: number) =>
    `₹${(of / 100).toLocaleString('en-IN', { minimumFractionDigits: of % 100 ? 2 : 0 })}`
  const page = await (await loggedIn(market.customer)).visit(`/orders/${order.id}`)
  for (const { totalPaise, available } of order.items) {
    if (available) assert.include(page.text, rupees(totalPaise))
  }
  assert.include(page.text, rupees(order.totalPaise))
}

test.group('Orders that are weighed', () => {
  test('keep stock, totals, payments, khata and bill right to the gram and the paisa', async ({
    assert,
  }) => {
    let run = 0
    const property = fc.asyncProperty(trade, async (chosen) => {
      const market = await open(chosen)
      const shelved = new Map<string, number>()
      const { items } = await orderOf(market)
      for (const { id, stock } of await Product.all()) {
        shelved.set(id, stock + items.find(({ productId }) => productId === id)!.quantity)
      }
      const steps = [
        ...chosen.whilePlaced,
        { do: 'accept' },
        ...chosen.steps,
        ...chosen.last.map((name) => ({ do: name })),
      ]
      for (const taken of steps) {
        await take(market, taken)
        await holdsTrue(market, shelved, assert)
      }
      if (run++ % 5 === 0) await areShown(market, assert)
    })
    await fc.assert(property, { numRuns: RUNS, endOnFailure: !process.env.PROPERTY_SHRINK })
  })
    .timeout(60_000 + RUNS * 20_000)
    .tags(['@property'])
})
