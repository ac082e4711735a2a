import { categoryOf, OF_LEAD, OF_LEAD_IN_CITY, priceOf } from '#search/postgres/statements/hits'
import { column, oneOf } from '#search/postgres/statements/leads'
import { int, join, sql } from '#search/postgres/sql'
import { PRICE_BANDS } from '#search/search_engine'
import type { ProductScope } from '#search/postgres/statements/hits'

/** One of what products have in common, all but one of which are null, and how many have it. */
export interface FacetCount {
  city: string | null
  category: string | null
  band: string | null
  stocked: boolean | null
  /** Null but for the row of all: the most products that were looked at for one name. */
  most: number | null
  count: number
}

/** How many products of one name, in and out of stock, to count. */
export const COUNTED = 25

const BANDS = join(
  PRICE_BANDS.map(
    ({ from }, index) => sql`WHEN p.price_paise >= ${int(from)} THEN ${int(index)}`
  ).reverse(),
  ' '
)

/** Counts products of these names, up to a limit for each, by city, category, price and stock. */
export function facetsOf(names: { name: string; nameHi: string | null }[], scope: ProductScope) {
  const details = names.map(({ name, nameHi }) => ({ name, detail: nameHi ?? '' }))
  return sql`
    SELECT shop_city AS city, category, band::text, stocked, max(place)::int AS most,
      count(*)::int AS count
    FROM (
      SELECT p.shop_city, p.category, shelf.stocked, CASE ${BANDS} END AS band,
        row_number() OVER (PARTITION BY lead.name, lead.detail, lead.city, shelf.stocked) AS place
      FROM (
        SELECT name, detail, wanted.city
        FROM unnest(${column(details, 'name', 'text')}, ${column(details, 'detail', 'text')})
          AS given(name, detail) CROSS JOIN ${oneOf(scope.cities)}
      ) AS lead
      CROSS JOIN (VALUES (true), (false)) AS shelf(stocked)
      CROSS JOIN LATERAL (
        SELECT p.shop_city, p.category, p.price_paise FROM products AS p
        WHERE ${scope.cities ? OF_LEAD_IN_CITY : OF_LEAD} AND p.in_stock = shelf.stocked
          ${priceOf(scope)}
        ORDER BY p.price_paise, p.id LIMIT ${int(COUNTED)}
      ) AS p
      WHERE (shelf.stocked OR NOT ${scope.inStock}::boolean) ${categoryOf(scope)}
    ) AS counted
    GROUP BY GROUPING SETS ((shop_city), (category), (band), (stocked), ())`
}
