import config from '@adonisjs/core/services/config'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import OrderChanged from '#events/order_changed'
import { AlreadyOrdered } from '#exceptions/already_ordered'
import { CheckoutChanged } from '#orders/checkout_changed'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { ShopClosed } from '#exceptions/shop_closed'
import { ShopNotOpen } from '#exceptions/shop_not_open'
import { takesOrders } from '#hours/opening'
import type { Slot } from '#hours/slots'
import { goodsOf } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import { upToPaise } from '#measures/tolerance'
import Khata from '#models/khata'
import Order from '#models/order'
import Product from '#models/product'
import { checkSlot, slotColumns, takingSlot } from '#orders/slot_order'
import { openingNow } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import Shop from '#models/shop'
import type User from '#models/user'
import { within } from '#models/within'
import { destinationOf } from '#orders/destination'
import { changesOf, type Offer } from '#orders/offer'
import { orderedLine } from '#orders/ordered_line'
import { checkArea, checkTerms } from '#orders/terms'
import { queueMessages } from '#push/push_queue'
import { OPEN_STATES } from '#models/order_state'
import type { Fulfilment, MissingItemsChoice, PaymentMethod } from '#models/order_state'

export interface CheckoutRequest {
  offer: Offer
  fulfilment: Fulfilment
  paymentMethod: PaymentMethod
  /** Delivery address; null for a pick-up. */
  address: string | null
  /** PIN code of the address; without one, what the address says. */
  pinCode?: string | null
  mobile: string
  note: string | null
  missingItems: MissingItemsChoice
  /** Delivery slot; null as soon as possible. */
  slot?: Slot | null
}

/** Turns an accepted offer into an order, in one transaction on the primary. */
export class Checkout {
  /**
   * @throws AlreadyOrdered when cart lines are already part of another order
   * @throws CheckoutChanged when the offer no longer holds
   * @throws CheckoutRefused when the shop does not accept such an order
   * @throws ShopClosed
   * @throws ShopNotOpen at this hour
   */
  place(
    customer: User,
    shop: Shop,
    request: CheckoutRequest,
    outer?: TransactionClientContract
  ): Promise<Order> {
    return within(outer, async (client) => {
      await this.#takeTurn(customer, client)
      await this.#checkLines(customer, request.offer, client)
      await this.#checkOpenOrders(customer, shop, client)
      const order = await this.#place(customer, shop, request, client)
      client.after('commit', async () => {
        await OrderChanged.dispatch(await order.refresh())
      })
      return order
    })
  }

  /** Serialises checkouts of one customer, so that a duplicate finds the first order. */
  async #takeTurn({ id }: User, client: TransactionClientContract) {
    await client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [id])
  }

  async #checkLines(customer: User, { items }: Offer, client: TransactionClientContract) {
    const lines = items.flatMap(({ cartLine }) => cartLine ?? [])
    if (lines.length === 0) return
    const orders = await Order.placedFrom(customer, lines, client)
    if (orders.length === 0) return
    const ordered = orders.flatMap((order) => order.items.map(({ cartLine }) => cartLine!))
    throw new AlreadyOrdered(orders, ordered)
  }

  /** Keeps the shop from being closed or deleted until the order is placed, and its hours as they are. */
  async #keepOpen({ id }: Shop, slot: Slot | null, client: TransactionClientContract) {
    const open = await Shop.open(client).where('id', id).forShare().first()
    if (!open) throw new ShopClosed()
    if (slot) {
      await checkSlot(id, slot, client)
      return open
    }
    const { opening, now } = await openingNow(id, client)
    if (!takesOrders(opening, now)) throw new ShopNotOpen()
    return open
  }

  /** Limits open orders per customer, so that nobody can buy up a shop before it reacts. */
  async #checkOpenOrders(customer: User, shop: Shop, client: TransactionClientContract) {
    const most = config.get<number>('orders.openOrders')
    const open = await Order.query({ client })
      .where({ shopId: shop.id, customerId: customer.id })
      .whereIn('state', [...OPEN_STATES])
      .limit(most)
    if (open.length >= most) throw new CheckoutRefused('items', 'too_many_open', most)
  }

  async #place(
    customer: User,
    shop: Shop,
    request: CheckoutRequest,
    client: TransactionClientContract
  ) {
    const { offer, slot: wished = null, ...wishes } = request
    const slot = wishes.fulfilment === 'delivery' ? wished : null
    const { pinCode: shopPin } = await this.#keepOpen(shop, slot, client)
    const ids = offer.items.map(({ productId }) => productId)
    const settings = await ShopSettings.of(shop.id, client)
    const held = await Product.hold(shop.id, ids, client)
    const sold = Product.withoutWithdrawn(held)
    const products = new Map(sold.map((product) => [product.id, product]))
    const destination = destinationOf(wishes)
    const deliveryFeePaise = settings.feeFor(wishes.fulfilment, worthOf(offer, products))
    const tolerancePercent = settings.packingTolerancePercent
    const changes = changesOf(offer, products, { deliveryFeePaise, tolerancePercent })
    if (changes.length > 0) throw new CheckoutChanged(changes)

    const items = offer.items.map(({ productId, quantity, cartLine }) => {
      return { ...orderedLine(products.get(productId)!, quantity), cartLine }
    })
    const itemsPaise = items.reduce((sum, { amountPaise }) => sum + amountPaise, 0)
    checkTerms(settings, { ...wishes, itemsPaise })
    if (wishes.fulfilment === 'delivery') checkArea(settings.areaFor(shopPin), destination.pinCode)

    await Product.takeOut(items, client)
    const order = await takingSlot(() =>
      Order.create(
        {
          ...wishes,
          ...destination,
          ...slotColumns(slot),
          shopId: shop.id,
          shopName: shop.name,
          customerId: customer.id,
          customerName: customer.fullName,
          paymentState: wishes.paymentMethod === 'khata' ? 'on_khata' : 'due',
          itemsPaise,
          deliveryFeePaise,
          totalPaise: itemsPaise + deliveryFeePaise,
          packingTolerancePercent: tolerancePercent,
        },
        { client }
      )
    )
    await order.related('items').createMany(items)
    const placed = { subject: 'state' as const, fromValue: null, toValue: 'placed', reason: null }
    await order.record(placed, customer, client)
    if (wishes.paymentMethod === 'khata') {
      const upTo = items.map((item) => upToPaise(item, tolerancePercent))
      const mostPaise = upTo.reduce((sum, paise) => sum + paise, deliveryFeePaise)
      await Khata.charge(order, mostPaise, client)
    }
    await queueMessages(order, client)
    return order
  }
}

/** Value of what the shop still has of the offer. */
function worthOf({ items }: Offer, products: Map<string, Product>) {
  return items.reduce((sum, { productId, quantity }) => {
    const product = products.get(productId)
    return product
      ? sum + lineTotal({ ...goodsOf(product), pricePaise: product.pricePaise, quantity })
      : sum
  }, 0)
}
