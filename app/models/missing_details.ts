import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { FOODS } from '#models/category'
import Product from '#models/product'
import { REGISTERED } from '#bills/tax_scheme'

/** What the database takes a unit for that it cannot read. */
export const MAY_BE_UNREAD = `sold_as = 'packed' AND measure = 'pieces' AND net_quantity = 1`

/**
 * What a product lacks for a legal offer from afar. MRP, maker and net quantity are asked of packed goods (Legal
 * Metrology (Packaged Commodities) Rules, rule 6), the country of all (Consumer Protection (E-Commerce) Rules, rule 6).
 */
const LACKING = {
  mrp: `sold_as = 'packed' AND mrp_paise IS NULL`,
  net_quantity: `${MAY_BE_UNREAD} AND unit IN (
    WITH units AS MATERIALIZED (SELECT DISTINCT unit FROM products WHERE shop_id = :shopId AND ${MAY_BE_UNREAD})
    SELECT unit FROM units WHERE (read_unit(unit)).measure IS NULL)`,
  country: 'country IS NULL',
  maker: `sold_as = 'packed' AND (maker IS NULL OR maker_address IS NULL)`,
}

/** Lacks any of them, about products of `:shopId`. */
export const INCOMPLETE = Object.values(LACKING)
  .map((condition) => `(${condition})`)
  .join(' OR ')

export type Detail = keyof typeof LACKING
export const DETAILS = Object.keys(LACKING) as Detail[]

/** The field of the product form in which each is stated. */
export const FIELDS = {
  mrp: 'mrp',
  net_quantity: 'unit',
  country: 'country',
  maker: 'maker',
} as const satisfies Record<Detail, string>

/** What a shop lacks: a food licence when it sells food, and what its bills have to say. */
const SHOP_LACKS = {
  delivery_area: 'delivery_area IS NULL',
  fssai_number: 'fssai_number IS NULL AND sells_food',
  tax_scheme: 'tax_scheme IS NULL',
  legal_address: 'tax_scheme = ANY(:registered) AND legal_address IS NULL',
}

export type ShopDetail = keyof typeof SHOP_LACKS

const filters = Object.entries(LACKING).map(
  ([detail, condition]) => `count(*) FILTER (WHERE ${condition})::integer AS ${detail}`
)
const checks = Object.entries(SHOP_LACKS).map(
  ([detail, condition]) => `coalesce(${condition}, false) AS ${detail}`
)

const COUNT = `
  SELECT to_jsonb(counted) AS products, to_jsonb(checked) AS shop
  FROM (
    SELECT ${filters.join(', ')}, coalesce(bool_or(category = ANY(:foods)), false) AS sells_food
    FROM products WHERE shop_id = :shopId
  ) AS counted
  LEFT JOIN shop_settings AS settings ON settings.shop_id = :shopId
  CROSS JOIN LATERAL (SELECT ${checks.join(', ')}) AS checked`

/** How many products of the shop lack each detail, and which the shop lacks. */
export async function missingDetails(
  shopId: string,
  client: QueryClientContract = db.connection()
) {
  const bindings = { shopId, foods: FOODS, registered: REGISTERED }
  const { rows } = await client.rawQuery(COUNT, bindings)
  const [{ products, shop }] = rows as {
    products: Record<Detail, number>
    shop: Record<ShopDetail, boolean>
  }[]
  const counts = DETAILS.map((detail) => ({ detail, count: products[detail] }))
  const ofShop = (Object.keys(SHOP_LACKS) as ShopDetail[]).filter((detail) => shop[detail])
  const total = counts.reduce((sum, { count }) => sum + count, ofShop.length)
  return { counts, ofShop, total }
}

/** A page of the shop's products that lack the detail, by name. */
export function productsLacking(
  detail: Detail,
  shopId: string,
  cursor: string | null,
  client?: QueryClientContract
) {
  return Product.page(shopId, { cursor, where: LACKING[detail] }, client)
}
