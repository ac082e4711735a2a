import type { HttpContext } from '@adonisjs/core/http'
import { ProductCache } from '#caches/product_cache'
import type { CartItem } from '#cart/cart_item'
import { goodsOf } from '#measures/goods'
import { lineTotal } from '#measures/line_total'
import { cityNameFor } from '#markup/city_names'
import Product from '#models/product'
import { Replication } from '#replication/replication'

/** Change of a cart item since it was added. */
export type CartChange = 'gone' | 'short' | 'price_up' | 'price_down' | null

/** Products of more shops are read together: each shop is an entry of the cache, and may have to be read. */
const MOST_SHOPS = 10

type Current = Pick<
  Product,
  'id' | 'name' | 'nameHi' | 'unit' | 'pricePaise' | 'stock' | 'measure' | 'soldAs' | 'netQuantity'
>

/** Compares the cart with the current products, grouped by shop. */
export async function reviewCart(ctx: HttpContext) {
  const { cart } = ctx
  const items = reviewItems(cart.items, await currentProducts(ctx))
  const groups = [...Map.groupBy(items, ({ shop }) => shop.id).values()].map((group) => ({
    shop: group[0].shop,
    items: group,
    totalPaise: total(group),
  }))
  return {
    cityName: await cityNameFor(ctx),
    groups,
    totalPaise: total(items),
    count: cart.count,
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

const idsOf = (items: readonly CartItem[]) => items.map(({ productId }) => productId)

export function reviewItems(items: readonly CartItem[], products: readonly Current[]) {
  const current = new Map(products.map((product) => [product.id, product]))
  return items.map((item) => reviewItem(item, current.get(item.productId)))
}

function reviewItem(item: CartItem, product: Current | undefined) {
  const pricePaise = product?.pricePaise ?? item.pricePaise
  const { name, nameHi, unit } = product ?? item
  const goods = goodsOf(product ?? item)
  return {
    ...item,
    ...goods,
    name,
    nameHi,
    unit,
    pricePaise,
    pricePaiseBefore: item.pricePaise,
    stock: product?.stock ?? 0,
    totalPaise: product?.stock ? lineTotal({ ...goods, pricePaise, quantity: item.quantity }) : 0,
    change: changeOf(item, product),
  }
}

function changeOf(item: CartItem, product: Current | undefined): CartChange {
  if (!product) return 'gone'
  if (product.stock < item.quantity) return 'short'
  if (product.pricePaise > item.pricePaise) return 'price_up'
  if (product.pricePaise < item.pricePaise) return 'price_down'
  return null
}

function total(items: { totalPaise: number }[]) {
  return items.reduce((sum, { totalPaise }) => sum + totalPaise, 0)
}
