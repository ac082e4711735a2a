import config from '@adonisjs/core/services/config'
import { reviewItems } from '#pages/cart_review'
import type { CartItem } from '#cart/cart_item'
import { delivers, reachOf } from '#delivery/delivery_area'
import { stateOf, takesOrders } from '#hours/opening'
import { lineTotal } from '#measures/line_total'
import { upToPaise } from '#measures/tolerance'
import type { Place } from '#places/place'
import Address from '#models/address'
import { partsOfAddress } from '#models/address_text'
import Khata from '#models/khata'
import Product from '#models/product'
import { openingNow } from '#models/shop_hours'
import { slotsToOffer } from '#models/shop_slots'
import ShopSettings from '#models/shop_settings'
import type Shop from '#models/shop'
import type User from '#models/user'

const SHOWN_SLOTS = 12

/** The checkout page: current items from the primary, with the shop's terms applied. */
export async function checkoutPage(
  shop: Shop,
  customer: User,
  wanted: CartItem[],
  place: Place | null
) {
  const ids = wanted.map(({ productId }) => productId)
  const [settings, khata, products, addresses, { opening, now }, slots] = await Promise.all([
    ShopSettings.of(shop.id),
    Khata.between(shop.id, customer.id).where('state', 'open').first(),
    Product.forSale().where('shop_id', shop.id).whereIn('id', ids),
    Address.of(customer),
    openingNow(shop.id),
    slotsToOffer(shop.id),
  ])
  const reviewed = reviewItems(wanted, products).map((item) => {
    const quantity = item.change === 'too_little' ? 0 : Math.min(item.quantity, item.most)
    return {
      ...item,
      wanted: item.quantity,
      quantity,
      totalPaise: lineTotal({ ...item, quantity }),
    }
  })
  const items = reviewed.filter(({ quantity }) => quantity > 0)
  const itemsPaise = items.reduce((sum, { totalPaise }) => sum + totalPaise, 0)
  const quote = settings.quote(itemsPaise)
  const area = settings.areaFor(shop.pinCode)
  const chosen = addresses.find(({ pinCode: pin }) => pin === place?.pin) ?? addresses[0]
  const typed = partsOfAddress(addresses.length > 0 ? '' : customer.address)
  const pinCode = (chosen?.pinCode ?? typed.pinCode) || place?.pin || null
  return {
    shop: shop.summary,
    closed: shop.isClosed,
    openState: stateOf(opening, now),
    takesOrders: takesOrders(opening, now),
    slots: slots.slice(0, SHOWN_SLOTS),
    items,
    missing: reviewed.filter(({ quantity }) => quantity === 0),
    changed: reviewed.some(({ change }) => change !== null),
    itemsPaise,
    upToPaise: items.reduce((sum, item) => {
      return sum + upToPaise(item, settings.packingTolerancePercent)
    }, 0),
    ...settings.details,
    ...quote,
    deliveryFeePaise: quote.feePaise,
    area,
    addresses: addresses.map((address) => ({
      ...address.details,
      isReached: delivers(area, { pin: address.pinCode }),
    })),
    mayHave: config.get<number>('orders.allowance.addresses') > addresses.length,
    chosenId: chosen?.id ?? 'new',
    typed,
    pinCode,
    reach: reachOf(area, pinCode),
    khataLeftPaise: khata ? Math.max(0, khata.limitPaise - (await khata.balancePaise())) : null,
  }
}
