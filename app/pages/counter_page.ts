import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { salesOfDay, totalsOfDay } from '#models/counter_day'
import Khata from '#models/khata'
import Product, { NOT_WITHDRAWN } from '#models/product'
import type Shop from '#models/shop'

const MOST_QUICK = 24

/** Products that the shop sold most in 30 days, then others by name. */
const QUICK = `
  SELECT products.id FROM products
  LEFT JOIN (
    SELECT product_id, count(*) AS times FROM (
      SELECT product_id FROM counter_sale_lines JOIN counter_sales ON counter_sales.id = sale_id
      WHERE shop_id = :shopId AND sold_on > indian_date(now()) - 30
      UNION ALL
      SELECT product_id FROM order_items JOIN orders ON orders.id = order_id
      WHERE shop_id = :shopId AND orders.created_at > now() - interval '30 days'
    ) AS sold GROUP BY product_id
  ) AS counted ON counted.product_id = products.id
  WHERE shop_id = :shopId AND ${NOT_WITHDRAWN}
  ORDER BY coalesce(times, 0) DESC, name_key(name) LIMIT ${MOST_QUICK}`

/** What is sold at the counter today, or was on another day. @param day such as `2026-11-29` */
export async function counterPage(
  shop: Shop,
  { day = null, after = null }: { day?: string | null; after?: string | null } = {},
  client?: TransactionClientContract
) {
  const totals = await totalsOfDay(shop.id, day, client)
  const sales = await salesOfDay(shop.id, totals.day, after, client)
  const state = { shop: shop.summary, isClosed: shop.isClosed, ...totals, sales }
  if (!totals.isToday) return { ...state, quick: [], khatas: [] }
  return {
    ...state,
    quick: await quickItems(shop.id, client),
    khatas: await openKhatas(shop, client),
  }
}

async function quickItems(shopId: string, client?: TransactionClientContract) {
  const ids = await Product.query({ client }).whereRaw(`id IN (${QUICK})`, { shopId })
  return ids
    .toSorted((one, other) => one.name.localeCompare(other.name))
    .map((item) => item.details)
}

async function openKhatas(shop: Shop, client?: TransactionClientContract) {
  const open = Khata.query({ client }).where({ shopId: shop.id, state: 'open' }).preload('customer')
  const khatas = await Khata.withBalances(open)
  return khatas
    .map(({ khata, balancePaise }) => ({ id: khata.id, name: khata.title, balancePaise }))
    .toSorted((one, other) => one.name.localeCompare(other.name))
}
