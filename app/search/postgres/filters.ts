import { int, join, sql, type Sql } from '#search/postgres/sql'
import { column, OF_LEAD, OF_LEAD_IN_CITY, oneOf } from '#search/postgres/statements/leads'
import { eachFacet } from '#search/facets'
import {
  eachColumnFacet,
  FILTER_COLUMNS,
  NOT_STATED,
  PRICE_BANDS,
  type FacetName,
  type Facets,
  type ProductFilters,
} from '#search/filters'
import type { Slice } from '#search/slices'
import type { City } from '#search/postgres/statements/leads'

const MOST_PAISE = 2_147_483_647
const SHELVES = sql`(VALUES (true), (false)) AS shelf(stocked)`
const COUNTRY = sql`coalesce(p.country, ${asIs(`'${NOT_STATED}'`)})`
const FULL_SHELVES = sql`(VALUES (true)) AS shelf(stocked)`

export function shelvesOf({ inStock }: ProductFilters) {
  return inStock ? FULL_SHELVES : SHELVES
}

/** Only rows of these shops; null for all. @param id column of the shop's id */
export function amongShops(id: Sql, shops: string[] | null) {
  return shops === null ? sql`` : sql`AND ${id} = ANY(${shops}::uuid[])`
}

type RowFilters = ProductFilters & { shops: string[] | null }

/** Only what is sold now. Goods of one name may differ in these, so rows are filtered before their number is limited. */
export function rowFiltersOf({ priceFrom, priceTo, country, shops }: RowFilters) {
  const origin = country === null ? sql`` : sql`AND ${COUNTRY} = ${country}`
  const among = sql`AND p.withdrawn_at IS NULL ${origin} ${amongShops(sql`p.shop_id`, shops)}`
  if (priceFrom === null && priceTo === null) return among
  return sql`AND p.price_paise BETWEEN ${priceFrom ?? 0}::int AND ${priceTo ?? MOST_PAISE}::int ${among}`
}

/** Filters that no index serves. */
export function otherFiltersOf(filters: ProductFilters) {
  const wanted = FILTER_COLUMNS.filter((name) => name !== 'country' && filters[name] !== null)
  return join(
    wanted.map((name) => sql`AND p.${asIs(name)} = ${filters[name]}`),
    ' '
  )
}

/** The rows `p` of a slice. */
export function sliceOf({ measure, soldAs, netQuantity, portion, country }: Slice) {
  return join(
    [
      measure ? sql`AND p.measure = ${measure}` : sql``,
      soldAs ? sql`AND p.sold_as = ${soldAs}` : sql``,
      netQuantity ? sql`AND p.net_quantity = ${netQuantity}::int` : sql``,
      portion ? sql`AND p.smallest <= ${portion}::int AND p.stock >= ${portion}::int` : sql``,
      country ? sql`AND p.country = ${country}` : sql``,
    ],
    ' '
  )
}

/** One value of one facet, the others being null, and how many products have it. */
export interface FacetCount extends Record<FacetName, string | null> {
  stocked: boolean | null
  /** The most products that were looked at for one name. */
  most: number
  count: number
}

/** How many products of one name, in and out of stock, to count. */
const COUNTED = 25

const BANDS = join(
  PRICE_BANDS.map(
    ({ from }, index) => sql`WHEN p.price_paise >= ${int(from)} THEN ${int(index)}`
  ).reverse(),
  ' '
)

const COUNTED_COLUMNS = asIs(FILTER_COLUMNS.map((name) => `p.${name}`).join(', '))
const READ_COLUMNS = join(
  FILTER_COLUMNS.map((name) =>
    name === 'country' ? sql`${COUNTRY} AS country` : asIs(`p.${name}`)
  ),
  ', '
)
const COLUMN_SETS = asIs(FILTER_COLUMNS.map((name) => `(${name})`).join(', '))
const COLUMN_COUNTS = asIs(
  Object.entries(eachColumnFacet((name) => name))
    .map(([facet, name]) => `${name} AS ${facet}`)
    .join(', ')
)

/**
 * Counts products of these names, up to a limit for each, by city, price, stock and the columns with a facet. When
 * grouped, products of one name count once, as they are one result.
 */
export function countsOf(
  names: { name: string; nameHi: string | null }[],
  scope: RowFilters & { cities: City[] | null; grouped: boolean }
) {
  const results = scope.grouped ? sql`count(DISTINCT (name, detail))` : sql`count(*)`
  const details = names.map(({ name, nameHi }) => ({ name, detail: nameHi ?? '' }))
  return sql`
    SELECT shop_city AS cities, ${COLUMN_COUNTS}, band::text AS prices, stocked,
      max(place)::int AS most, ${results}::int AS count
    FROM (
      SELECT lead.name, lead.detail, p.shop_city, ${COUNTED_COLUMNS}, shelf.stocked, CASE ${BANDS} END AS band,
        row_number() OVER (PARTITION BY lead.name, lead.detail, lead.city, shelf.stocked) AS place
      FROM (
        SELECT DISTINCT name, detail, wanted.city
        FROM unnest(${column(details, 'name', 'text')}, ${column(details, 'detail', 'text')})
          AS given(name, detail) CROSS JOIN ${oneOf(scope.cities)}
      ) AS lead
      CROSS JOIN (VALUES (true), (false)) AS shelf(stocked)
      CROSS JOIN LATERAL (
        SELECT p.shop_city, ${READ_COLUMNS}, p.price_paise FROM products AS p
        WHERE ${scope.cities ? OF_LEAD_IN_CITY : OF_LEAD} AND p.in_stock = shelf.stocked
          ${rowFiltersOf(scope)}
        ORDER BY p.price_paise, p.id LIMIT ${int(COUNTED)}
      ) AS p
      WHERE (shelf.stocked OR NOT ${scope.inStock}::boolean) ${otherFiltersOf(scope)}
    ) AS counted
    GROUP BY GROUPING SETS ((shop_city), ${COLUMN_SETS}, (band), (stocked), ())`
}

function asIs(text: string): Sql {
  return { text, bindings: [] }
}

/** The facets of these counts. */
export function toFacets(counts: FacetCount[]): Facets {
  return {
    ...eachFacet((name) => {
      return counts.flatMap(({ [name]: value, count }) => (value === null ? [] : { value, count }))
    }),
    inStock: counts.find(({ stocked }) => stocked)?.count ?? 0,
    exact: counts.every(({ most }) => most < COUNTED),
  }
}
