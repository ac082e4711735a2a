import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
import { Checkout } from '#orders/checkout'
import type { Verb } from '#models/order_state'
import { LOGINS } from './generator.js'

const ITEMS = 3

/**
 * Orders of the customer at the owner's first shop, with their progress. Three stay open, below the limit, so that
 * the customer can order more.
 */
const ORDERS: {
  method: 'cash' | 'upi' | 'khata'
  pickup?: boolean
  note?: string
  verbs: Verb[]
}[] = [
  { method: 'cash', verbs: ['accept', 'pack', 'send', 'deliver'] },
  { method: 'khata', verbs: ['accept', 'pack', 'send'] },
  { method: 'cash', pickup: true, verbs: ['accept', 'pack', 'deliver'] },
  { method: 'upi', verbs: ['accept'] },
  { method: 'upi', note: 'Please ring twice', verbs: [] },
]

/**
 * Sets up the demo owner's first shop, a khata for the demo customer, and some orders, using the same steps as
 * people. Does nothing once the customer has ordered anything.
 */
export async function seedDemoOrders(): Promise<number> {
  const owner = await User.findBy({ username: LOGINS.owner.username, role: 'shopowner' })
  const customer = await User.findBy({ username: LOGINS.customer.username, role: 'customer' })
  const shop = owner && (await Shop.query().where('owner_id', owner.id).orderBy('id').first())
  if (!shop || !customer || (await customer.related('orders').query().first())) return 0
  await openForOrders(shop, customer)
  const checkout = new Checkout()
  let placed = 0
  for (const { method, pickup, note, verbs } of ORDERS) {
    const items = await itemsOf(shop, placed)
    if (items.length === 0) break
    const { id } = await checkout.place(customer, shop, {
      offer: { items, deliveryFeePaise: 2_000 },
      fulfilment: pickup ? 'pickup' : 'delivery',
      paymentMethod: method,
      address: customer.address,
      mobile: customer.mobile,
      note: note ?? null,
      missingItems: 'call',
    })
    const order = await Order.findOrFail(id)
    for (const verb of verbs) await order.move(verb, owner)
    placed++
  }
  return placed
}

async function openForOrders(shop: Shop, customer: User) {
  const terms = { minimumOrderPaise: 0, deliveryFeePaise: 2_000, upiId: 'kirana.demo@upi' }
  await ShopSettings.firstOrCreate({ shopId: shop.id }, terms)
  if (await Khata.isOpenFor(shop.id, customer.username)) return
  const invitation = await KhataInvitation.send(shop, customer.username, 500_000)
  await invitation.accept(customer)
}

/** Different in-stock products for each order. */
async function itemsOf(shop: Shop, number: number) {
  const products = await shop
    .related('products')
    .query()
    .where('stock', '>', 10)
    .orderBy('id')
    .offset(number * ITEMS)
    .limit(ITEMS)
  return products.map(({ id: productId, pricePaise }, index) => {
    return { productId, pricePaise, quantity: index + 1 }
  })
}
