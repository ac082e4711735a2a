import { randomUUID } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'
import Khata from '#models/khata'
import Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { CUSTOMERS, PRODUCTS, type TradeStep } from '#tests/helpers/trade_steps'
import type { Visitor } from '#tests/helpers/visitor'

/** Packs; of loose goods, as many times an amount that leaves a remainder in every price. */
const STOCK = 12
const GRAMS = 137
const UTR = '405512345678'

type Form = ReturnType<Visitor['form']>

/** Every other product. */
const isSoldLoose = (product: number) => product % 2 === 1

/**
 * A shop, its owner and customers, each with a browser, and a model that knows only what the submitted forms may
 * have done: stock added by the owner, and payments.
 */
export class TradeMarket {
  /** Stock added by the owner, minus stock removed. */
  shelved = new Map<string, number>()
  /** Forms that took effect, by customer: orders placed, paise settled. */
  orders = new Map<string, number>()
  settledPaise = new Map<string, number>()
  /** Edit forms waiting in a tab. */
  #edits: Form[] = []

  private constructor(
    private shop: Shop,
    readonly products: Product[],
    readonly customers: User[],
    private buyers: Visitor[],
    private keeper: Visitor
  ) {
    for (const { id, stock } of products) this.shelved.set(id, stock)
  }

  static async open() {
    await emptyDatabase()
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    await ShopSettings.create({ shopId: shop.id, upiId: 'gupta@okaxis' })
    const names = Array.from({ length: PRODUCTS }, (_, index) => `Besan ${index}`)
    const products = await Promise.all(
      names.map((name, index) => {
        return createProduct({
          shopId: shop.id,
          name,
          stock: STOCK,
          pricePaise: 1_000 * (index + 1),
          ...(isSoldLoose(index) && {
            ...{ soldAs: 'loose' as const, measure: 'weight' as const },
            ...{ stock: STOCK * GRAMS, pricePaise: 4_499 * (index + 1) },
          }),
        })
      })
    )
    const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => createUser()))
    for (const customer of customers) {
      await openKhata(shop.id, customer, 20_000)
    }
    const buyers = await Promise.all(customers.map((customer) => loggedIn(customer)))
    return new TradeMarket(shop, products, customers, buyers, await loggedIn(owner))
  }

  async take(step: TradeStep) {
    await limiter.clear()
    switch (step.do) {
      case 'add':
        return this.#add(step)
      case 'checkOut':
        return this.#checkOut(step)
      case 'openEdit':
        return this.#openEdit(this.products[step.product])
      case 'saveEdit':
        return this.#saveEdit(step.rupees)
      case 'changeStock':
        return this.#changeStock(step)
      case 'settle':
        return this.#settle(step)
      default:
        return this.#actOnOrder(step)
    }
  }

  async #add({ customer, product, quantity }: Extract<TradeStep, { do: 'add' }>) {
    const buyer = this.buyers[customer]
    await buyer.visit(`/shops/${this.shop.id}`)
    const form = `#buy-${this.products[product].id} form`
    const counts = isSoldLoose(product) ? quantity * GRAMS : quantity
    if (buyer.page!.$(form).length > 0) await buyer.submit(form, { quantity: String(counts) })
  }

  async #checkOut({ customer, method, copies }: Extract<TradeStep, { do: 'checkOut' }>) {
    const buyer = this.buyers[customer]
    const { id } = this.customers[customer]
    const before = await this.#ordersOf(id)
    await buyer.visit(`/shops/${this.shop.id}/checkout`)
    if (buyer.page!.$('#checkout-form').length === 0) return
    const form = buyer.form('#checkout-form')
    form.fields.set('payment_method', method)
    form.fields.set('fulfilment', 'delivery')
    const pages = await this.#send(buyer, form, copies)
    const placed = new Set(pages.map(({ path }) => path).filter((path) => /^\/orders\//.test(path)))
    if (placed.size > 1) throw new Error('One form placed several orders')
    this.orders.set(id, before + placed.size)
  }

  async #openEdit({ id }: Product) {
    await this.keeper.visit(`/owner/shops/${this.shop.id}/products/${id}/edit`)
    this.#edits.push(this.keeper.form(`form[action*="${id}"]`))
  }

  /** Changes only the price, in the tab opened first. */
  async #saveEdit(rupees: number) {
    const form = this.#edits.shift()
    if (!form) return
    form.fields.set('price', String(rupees))
    await this.#send(this.keeper, form, 1)
  }

  async #changeStock({ product, by }: Extract<TradeStep, { do: 'changeStock' }>) {
    const row = await this.products[product].refresh()
    await this.keeper.visit(`/owner/shops/${this.shop.id}`)
    const form = this.keeper.form(`#change-${row.id}`)
    const counts = isSoldLoose(product) ? by * GRAMS : by
    form.fields.set('change', isSoldLoose(product) ? `${counts} g` : String(counts))
    const [{ status }] = await this.#send(this.keeper, form, 1)
    if (status >= 400) return
    this.shelved.set(row.id, this.shelved.get(row.id)! + Math.max(counts, -row.stock))
  }

  async #settle({ customer, rupees, copies }: Extract<TradeStep, { do: 'settle' }>) {
    const { id: customerId } = this.customers[customer]
    const khata = await Khata.query().where({ customerId }).firstOrFail()
    const owed = await khata.balancePaise()
    await this.keeper.visit(`/owner/shops/${this.shop.id}/khatas/${khata.id}`)
    const form = this.keeper.form('#settlement-form')
    form.fields.set('amount', String(rupees))
    form.fields.set('method', 'cash')
    await this.#send(this.keeper, form, copies)
    const counted = rupees * 100 <= owed ? rupees * 100 : 0
    this.settledPaise.set(customerId, (this.settledPaise.get(customerId) ?? 0) + counted)
  }

  /** Uses the forms of the order page; forms that are missing there are submitted anyway. */
  async #actOnOrder(step: Extract<TradeStep, { order: number }>) {
    const orders = await Order.query().preload('items').orderBy('id')
    if (orders.length === 0) return
    const order = orders[step.order % orders.length]
    const buyer = this.buyers[this.customers.findIndex(({ id }) => id === order.customerId)]
    const { visitor, path, fields } = formFor(step, order, this.keeper, buyer)
    const [action, method = 'POST'] = path.split(' ').reverse()
    const key = { form_key: randomUUID() }
    const body = new URLSearchParams({ ...fields, ...key })
    const query = method === 'POST' ? '' : `?_method=${method}`
    await this.#send(visitor, { action: action + query, method: 'POST', fields: body }, step.copies)
  }

  async #send(visitor: Visitor, { action, fields }: Form, copies: number) {
    const pages = await Promise.all(
      Array.from({ length: copies }, () => visitor.request('POST', action, fields))
    )
    const broken = pages.find(({ status }) => status >= 500)
    if (broken) throw new Error(`${action} answered ${broken.status}: ${broken.text}`)
    return pages
  }

  async #ordersOf(customerId: string) {
    const { total } = (
      await db.from('orders').where('customer_id', customerId).count('* as total')
    )[0]
    return Number(total)
  }
}

function formFor(
  step: Extract<TradeStep, { order: number }>,
  order: Order,
  keeper: Visitor,
  buyer: Visitor
): { visitor: Visitor; path: string; fields: Record<string, string> } {
  const received = `/owner/orders/${order.id}`
  const rupees = String(order.totalPaise / 100)
  switch (step.do) {
    case 'move':
      return {
        visitor: keeper,
        path: `${received}/transitions`,
        fields: { verb: step.verb, reason: 'As the test asks' },
      }
    case 'leaveOut': {
      const item = order.items[step.item % order.items.length]
      return { visitor: keeper, path: `${received}/left-out-items`, fields: { item_id: item.id } }
    }
    case 'weigh': {
      const item = order.items[step.item % order.items.length]
      const weight = Math.max(1, Math.round((item.quantity * step.percent) / 100))
      return {
        visitor: keeper,
        path: `${received}/items/${item.id}/weight PUT`,
        fields: { weight: `${weight} g` },
      }
    }
    case 'answer': {
      const item = order.items[step.item % order.items.length]
      return {
        visitor: buyer,
        path: `/orders/${order.id}/items/${item.id}/answer`,
        fields: { answer: step.answer, asked: String(item.askedQuantity ?? item.quantity) },
      }
    }
    case 'confirm':
      return { visitor: keeper, path: `${received}/payment`, fields: { amount: rupees } }
    case 'dispute':
      return { visitor: keeper, path: `${received}/payment DELETE`, fields: {} }
    case 'refund': {
      const fields = { amount_paise: String(order.refundDuePaise), reference: UTR }
      return { visitor: keeper, path: `${received}/refund`, fields }
    }
    case 'withdraw':
      return { visitor: buyer, path: `/orders/${order.id}/cancellation`, fields: {} }
    case 'claim': {
      const fields = { amount: rupees, reference: UTR }
      return { visitor: buyer, path: `/orders/${order.id}/payment`, fields }
    }
  }
}
