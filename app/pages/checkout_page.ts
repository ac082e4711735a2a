import { reviewItems } from '#pages/cart_review'
import type { CartItem } from '#cart/cart_item'
import { stateOf, takesOrders } from '#hours/opening'
import { lineTotal } from '#measures/line_total'
import { upToPaise } from '#measures/tolerance'
import Khata from '#models/khata'
import Product from '#models/product'
import { openingNow } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import type Shop from '#models/shop'
import type User from '#models/user'

/** The checkout page: current items from the primary, with the shop's terms applied. */
export async function checkoutPage(shop: Shop, customer: User, wanted: CartItem[]) {
  const ids = wanted.map(({ productId }) => productId)
  const [settings, khata, products, { opening, now }] = await Promise.all([
    ShopSettings.of(shop.id),
    Khata.between(shop.id, customer.id).where('state', 'open').first(),
    Product.forSale().where('shop_id', shop.id).whereIn('id', ids),
    openingNow(shop.id),
  ])
  const reviewed = reviewItems(wanted, products).map((item) => {
    const quantity = item.change === 'too_little' ? 0 : Math.min(item.quantity, item.stock)
    return {
      ...item,
      wanted: item.quantity,
      quantity,
      totalPaise: lineTotal({ ...item, quantity }),
    }
  })
  const items = reviewed.filter(({ quantity }) => quantity > 0)
  const itemsPaise = items.reduce((sum, { totalPaise }) => sum + totalPaise, 0)
  return {
    shop: shop.summary,
    closed: shop.isClosed,
    openState: stateOf(opening, now),
    takesOrders: takesOrders(opening, now),
    items,
    missing: reviewed.filter(({ quantity }) => quantity === 0),
    changed: reviewed.some(({ change }) => change !== null),
    itemsPaise,
    upToPaise: items.reduce((sum, item) => {
      return sum + upToPaise(item, settings.packingTolerancePercent)
    }, 0),
    ...settings.details,
    tooLittlePaise: Math.max(0, settings.minimumOrderPaise - itemsPaise),
    khataLeftPaise: khata ? Math.max(0, khata.limitPaise - (await khata.balancePaise())) : null,
  }
}
