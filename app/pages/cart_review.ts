import Product from '#models/product'
import type { Cart } from '#cart/cart'
import type { CartItem } from '#cart/cart_item'
import type { Read, Replication } from '#replication/replication'
import type { SessionClock } from '#replication/session_clock'

/** Change of a cart item since it was added. */
export type CartChange = 'gone' | 'short' | 'price_up' | 'price_down' | null

/** Compares the cart with the current products, grouped by shop. */
export async function reviewCart(cart: Cart, replication: Replication, clock: SessionClock) {
  const ids = cart.items.map(({ productId }) => productId)
  const products = ids.length > 0 ? await replication.readFor(clock, forSale(ids)) : []
  const items = reviewItems(cart.items, products)
  const groups = [...Map.groupBy(items, ({ shop }) => shop.id).values()].map((group) => ({
    shop: group[0].shop,
    items: group,
    totalPaise: total(group),
  }))
  return {
    groups,
    totalPaise: total(items),
    count: cart.count,
    changed: items.some(({ change }) => change !== null),
  }
}

function forSale(ids: string[]): Read<Product[]> {
  return async (client) => Product.forSale(client).whereIn('id', ids)
}

export function reviewItems(items: readonly CartItem[], products: Product[]) {
  const current = new Map(products.map((product) => [product.id, product]))
  return items.map((item) => reviewItem(item, current.get(item.productId)))
}

function reviewItem(item: CartItem, product: Product | undefined) {
  const pricePaise = product?.pricePaise ?? item.pricePaise
  const { name, nameHi, unit } = product ?? item
  return {
    ...item,
    name,
    nameHi,
    unit,
    pricePaise,
    pricePaiseBefore: item.pricePaise,
    stock: product?.stock ?? 0,
    totalPaise: product?.stock ? pricePaise * item.quantity : 0,
    change: changeOf(item, product),
  }
}

function changeOf(item: CartItem, product: Product | undefined): CartChange {
  if (!product) return 'gone'
  if (product.stock < item.quantity) return 'short'
  if (product.pricePaise > item.pricePaise) return 'price_up'
  if (product.pricePaise < item.pricePaise) return 'price_down'
  return null
}

function total(items: { totalPaise: number }[]) {
  return items.reduce((sum, { totalPaise }) => sum + totalPaise, 0)
}
