import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Category } from '#models/category'
import { decodeCursor, toPage } from '#models/keyset'
import Product, { PRODUCT_KEY, NOT_WITHDRAWN } from '#models/product'

/** Since the day began in India. The database notes each change of a price. */
const CHANGED_TODAY = `EXISTS (SELECT FROM price_changes WHERE product_id = products.id
  AND made_at >= date_trunc('day', now(), 'Asia/Kolkata'))`

/** Which of a shop's products a list of prices shows. */
export interface PriceFilter {
  category?: Category
  /** Only those whose price changed today. */
  changed?: boolean
  /** Only those without stock, or with less than the smallest amount. */
  out?: boolean
  /** Only these products. */
  only?: string[]
}

/** The shop's products that the filter lets through, in no order. */
export function priced(shopId: string, filter: PriceFilter, client?: QueryClientContract) {
  const { category, changed, out, only } = filter
  return Product.query({ client })
    .where('shop_id', shopId)
    .if(category, (query) => query.where('category', category!))
    .if(changed, (query) => query.whereRaw(CHANGED_TODAY))
    .if(out, (query) => query.whereRaw('stock < coalesce(smallest, 1)'))
    .if(only, (query) => query.whereIn('id', only!))
}

/** A page of them by name, and how many there are. */
export async function pricePage(
  shopId: string,
  filter: PriceFilter,
  { after: cursor, size }: { after?: string | null; size: number },
  client?: QueryClientContract
) {
  const after = decodeCursor(cursor, PRODUCT_KEY)
  const products = await priced(shopId, filter, client)
    .if(after, (query) => query.whereRaw('name_key(name) > ?', after!))
    .select('*', db.raw('name_key(name) AS sort_key'))
    .orderByRaw('name_key(name)')
    .limit(size + 1)
  const keyOf = ({ $extras }: Product) => [$extras.sort_key]
  return toPage(products, size, after, keyOf, ({ details }) => details)
}

/** All of them as they are sent to customers, by category and name, and the day in India. */
export async function pricesToSend(
  shopId: string,
  filter: PriceFilter,
  client?: QueryClientContract
) {
  const products = await priced(shopId, filter, client)
    .whereRaw(NOT_WITHDRAWN)
    .orderByRaw('category COLLATE "C" NULLS LAST')
    .orderByRaw('name_key(name)')
  const { rows } = await (client ?? db).rawQuery('SELECT indian_date(now())::text AS day')
  return { day: rows[0].day as string, products: products.map(({ details }) => details) }
}

/** How many products the filter lets through. */
export async function countPriced(
  shopId: string,
  filter: PriceFilter,
  client?: QueryClientContract
) {
  const [{ $extras }] = await priced(shopId, filter, client).count('* as total')
  return Number($extras.total)
}

/** The categories of the shop's products, with their numbers. */
export async function categoriesOf(
  shopId: string,
  client: Pick<QueryClientContract, 'rawQuery'> = db
) {
  const { rows } = await client.rawQuery(
    `SELECT category, count(*)::integer AS total FROM products
     WHERE shop_id = ? AND category IS NOT NULL GROUP BY category ORDER BY category`,
    [shopId]
  )
  return rows as { category: Category; total: number }[]
}
