import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Category } from '#models/category'
import { INCOMPLETE } from '#models/missing_details'
import { NOT_WITHDRAWN } from '#models/product'

/** Conditions about products of the shop `:shopId`. */
const KINDS = {
  /** Without stock, or with less than the smallest amount. */
  out: 'stock < coalesce(smallest, 1)',
  incomplete: INCOMPLETE,
  withdrawn: 'withdrawn_at IS NOT NULL',
}

export type ProductKind = keyof typeof KINDS
export const PRODUCT_KINDS = Object.keys(KINDS) as ProductKind[]

/** Which of a shop's products its owner wants to see, or those that customers see. */
export interface ProductFilter {
  kind?: ProductKind
  forSale?: boolean
  category?: Category
}

/** The SQL of a filter, for `Product.page`. */
export function conditionOf({ kind, forSale }: ProductFilter) {
  if (forSale) return NOT_WITHDRAWN
  return kind ? `(${KINDS[kind]})` : undefined
}

type Tally = { all: number } & Record<ProductKind, number>

/** How many products of a category, or of none, there are. */
export type CategoryCount = Tally & { category: Category | null }

const counted = PRODUCT_KINDS.map(
  (kind) => `count(*) FILTER (WHERE ${KINDS[kind]})::int AS ${kind}`
)

const COUNTS = `
  SELECT category, count(*)::int AS all, ${counted.join(', ')}
  FROM products WHERE shop_id = :shopId GROUP BY category ORDER BY count(*) DESC, category`

/** By category, those with the most products first. */
export async function countProducts(
  shopId: string,
  client: QueryClientContract = db.connection()
): Promise<CategoryCount[]> {
  const { rows } = await client.rawQuery(COUNTS, { shopId })
  return rows
}

/** Of the category, or of all. */
export function tally(counts: CategoryCount[], category?: Category): Tally {
  const some = counts.filter((count) => !category || count.category === category)
  const sum = (key: keyof Tally) => some.reduce((total, count) => total + count[key], 0)
  return {
    all: sum('all'),
    out: sum('out'),
    incomplete: sum('incomplete'),
    withdrawn: sum('withdrawn'),
  }
}
