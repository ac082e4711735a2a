import type { HttpContext } from '@adonisjs/core/http'
import { ProductCache } from '#caches/product_cache'
import type { CartItem } from '#cart/cart_item'
import { goodsOf, isCountedAlike, isRepacked, largestQuantity } from '#measures/goods'
import { lineTotal, unitPriceOf } from '#measures/line_total'
import { isSoldOut, stepped } from '#measures/portion'
import { cityNameFor } from '#markup/city_names'
import { cartDelivery } from '#pages/cart_delivery'
import Product from '#models/product'
import { termsOfShops } from '#models/shop_terms'
import { Replication } from '#replication/replication'

/** Change of a cart item since it was added. */
export type CartChange =
  'gone' | 'recounted' | 'short' | 'too_little' | 'price_up' | 'price_down' | 'repacked' | null

/** Products of more shops are read together: each shop is an entry of the cache, and may have to be read. */
const MOST_SHOPS = 10

type Current = Pick<
  Product,
  | 'id'
  | 'name'
  | 'nameHi'
  | 'unit'
  | 'pricePaise'
  | 'stock'
  | 'measure'
  | 'soldAs'
  | 'netQuantity'
  | 'smallest'
  | 'step'
  | 'presets'
>

/** Compares the cart with the current products, grouped by shop. */
export async function reviewCart(ctx: HttpContext) {
  const { cart } = ctx
  const [products, terms] = await Promise.all([currentProducts(ctx), currentTerms(ctx)])
  const items = reviewItems(cart.items, products)
  const groups = [...Map.groupBy(items, ({ shop }) => shop.id).values()].map((group) => {
    const { shop } = group[0]
    return {
      shop,
      items: group,
      itemsPaise: total(group),
      ...cartDelivery(terms.get(shop.id), ctx.place, total(group)),
    }
  })
  return {
    cityName: await cityNameFor(ctx),
    groups,
    totalPaise: groups.reduce((sum, { totalPaise }) => sum + totalPaise, 0),
    count: cart.count,
    seen: cart.seen,
    changed: items.some(({ change }) => change !== null),
  }
}

async function currentProducts({ cart, clock, containerResolver }: HttpContext) {
  const shops = Map.groupBy(cart.items, ({ shop }) => shop.id)
  if (shops.size > MOST_SHOPS) {
    const replication = await containerResolver.make(Replication)
    return replication.readFor<Current[]>(clock, (client) =>
      Product.forSale(client).whereIn('id', idsOf(cart.items))
    )
  }
  const cache = await containerResolver.make(ProductCache)
  const ofShops = [...shops].map(([id, items]) => cache.some(id, idsOf(items), clock))
  return (await Promise.all(ofShops)).flat()
}

/** The terms of each shop of the cart that is not closed for good. */
async function currentTerms({ cart, clock, containerResolver }: HttpContext) {
  const ids = [...new Set(cart.items.map(({ shop }) => shop.id))]
  return new Map((await read()).flatMap((terms) => (terms ? [[terms.id, terms] as const] : [])))

  async function read() {
    if (ids.length > MOST_SHOPS) {
      const replication = await containerResolver.make(Replication)
      return replication.readFor(clock, (client) => termsOfShops(ids, client))
    }
    const cache = await containerResolver.make(ProductCache)
    return Promise.all(ids.map((id) => cache.terms(id, clock)))
  }
}

const idsOf = (items: readonly CartItem[]) => items.map(({ productId }) => productId)

export function reviewItems(items: readonly CartItem[], products: readonly Current[]) {
  const current = new Map(products.map((product) => [product.id, product]))
  return items.map((item) => reviewItem(item, current.get(item.productId)))
}

/** A line that no longer counts what the shop sells stays as it was, and cannot be ordered. */
function reviewItem(item: CartItem, product: Current | undefined) {
  const change = changeOf(item, product)
  const current = change === 'recounted' ? undefined : product
  const pricePaise = current?.pricePaise ?? item.pricePaise
  const { name, nameHi } = product ?? item
  const { unit } = current ?? item
  const goods = goodsOf(current ?? item)
  const { smallest, step, presets } = current ?? { smallest: null, step: null, presets: null }
  const stock = current && !isSoldOut(current) ? current.stock : 0
  const sold = { ...goods, pricePaise, smallest, step, presets, stock }
  const isOrdered = stock > 0 && change !== 'too_little'
  return {
    ...item,
    ...goods,
    name,
    nameHi,
    unit,
    pricePaise,
    pricePaiseBefore: item.pricePaise,
    unitPricePaise: unitPriceOf({ ...goods, pricePaise }),
    stock,
    most: Math.min(stock, largestQuantity(goods)),
    smallest,
    fewer: stepped(item.quantity, -1, sold),
    further: stepped(item.quantity, 1, sold),
    totalPaise: isOrdered ? lineTotal({ ...goods, pricePaise, quantity: item.quantity }) : 0,
    change,
  }
}

function changeOf(item: CartItem, product: Current | undefined): CartChange {
  if (!product) return 'gone'
  if (!isCountedAlike(item, product)) return 'recounted'
  if (isSoldOut(product) || product.stock < item.quantity) return 'short'
  if (item.quantity < (product.smallest ?? 1)) return 'too_little'
  if (isRepacked(item, product)) return 'repacked'
  if (product.pricePaise > item.pricePaise) return 'price_up'
  if (product.pricePaise < item.pricePaise) return 'price_down'
  return null
}

function total(items: { totalPaise: number }[]) {
  return items.reduce((sum, { totalPaise }) => sum + totalPaise, 0)
}
