import Address from '#models/address'
import { partsOfAddress } from '#models/address_text'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import Shop from '#models/shop'
import ShopSettings from '#models/shop_settings'
import User from '#models/user'
import { Checkout } from '#orders/checkout'
import type { SoldAs } from '#measures/goods'
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
  await saveAddresses(customer)
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

/** The shop delivers to the first, not to the other. */
async function saveAddresses(customer: User) {
  const { mobile } = customer
  await Address.add(customer, { label: 'Home', ...partsOfAddress(customer.address), mobile })
  const parents = { line: '4 Napier Town', city: 'Jabalpur', pinCode: '482001' }
  await Address.add(customer, { label: 'Parents', ...parents, mobile })
}

async function openForOrders(shop: Shop, customer: User) {
  const terms = { minimumOrderPaise: 0, deliveryFeePaise: 2_000, upiId: 'kirana.demo@upi' }
  await ShopSettings.updateOrCreate({ shopId: shop.id }, terms)
  if (await Khata.isOpenFor(shop.id, customer.username)) return
  const invitation = await KhataInvitation.send(shop, customer.username, 500_000)
  await invitation.accept(customer)
}

/** Different in-stock products for each order, the first of them loose. */
async function itemsOf(shop: Shop, number: number) {
  const loose = await inStock(shop, 'loose', number, 1)
  const packed = await inStock(shop, 'packed', number * (ITEMS - 1), ITEMS - 1)
  return [...loose, ...packed].map(({ id: productId, pricePaise, presets }, index) => {
    return { productId, pricePaise, quantity: presets?.[number % presets.length] ?? index + 1 }
  })
}

function inStock(shop: Shop, soldAs: SoldAs, offset: number, count: number) {
  return shop
    .related('products')
    .query()
    .where({ soldAs })
    .whereRaw(`stock > CASE sold_as WHEN 'loose' THEN 3 * net_quantity ELSE 10 END`)
    .orderBy('id')
    .offset(offset)
    .limit(count)
}
