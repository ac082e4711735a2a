import { PRODUCT_COLUMNS } from '#search/hits'
import {
  amongShops,
  otherFiltersOf,
  rowFiltersOf,
  shelvesOf,
  sliceOf,
} from '#search/postgres/filters'
import { int, join, sql, type Sql } from '#search/postgres/sql'
import {
  column,
  found,
  OF_LEAD,
  OF_LEAD_IN_CITY,
  oneOf,
  SHOP_OF_LEAD,
  type City,
} from '#search/postgres/statements/leads'
import { slicesOf } from '#search/slices'
import type { ProductFilters } from '#search/filters'
import type { Lead } from '#search/postgres/names'
import type { ReadQuery } from '#search/search_index'

/** A further condition on products found by one kind of name. */
export interface Condition {
  /** Names of the other kind, one of which must match; null when there are too many to list. */
  among: Lead[] | null
  /** Maximum products to check. */
  examine: number
}

export interface Scope {
  /** Null for everywhere. */
  cities: City[] | null
  /** Only these; null for all. */
  shops: string[] | null
  /** Maximum rows. */
  limit: number
}

/** Scope of a product search. */
export interface ProductScope extends Scope, ProductFilters, Pick<ReadQuery, 'order' | 'amount'> {
  /** Maximum rows per name and city; null for no separate limit. */
  perName: number | null
}

/** Scope of a list. */
type ListScope = ProductFilters & Pick<Scope, 'shops' | 'limit'>

/** Shops of cities whose products are listed. */
const LISTED_SHOPS = 40

const PRODUCT: Sql = { text: PRODUCT_COLUMNS.map((name) => `p.${name}`).join(', '), bindings: [] }
const BEST_LEAD = sql`lead.score DESC, lead.stocked DESC, lead.name, lead.detail`

/** Shops with these names. */
export function shopsNamed(leads: Lead[], { shops, limit }: Omit<Scope, 'cities'>) {
  return sql`
    SELECT s.id, s.name, s.city, lead.score
    FROM (SELECT * FROM ${found(leads)} ORDER BY score DESC, name, detail) AS lead
    CROSS JOIN LATERAL (
      SELECT * FROM shops AS s WHERE ${SHOP_OF_LEAD} ${amongShops(sql`s.id`, shops)} ORDER BY s.id LIMIT ${int(limit)}
    ) AS s
    ORDER BY lead.score DESC, lead.name, lead.detail LIMIT ${int(limit)}`
}

/** Shops by city only. */
export function shopsInCities({ cities, shops, limit }: Scope & { cities: City[] }) {
  return sql`
    SELECT s.id, s.name, s.city, city_score AS score
    FROM ${oneOf(cities)} CROSS JOIN LATERAL (
      SELECT * FROM shops AS s WHERE s.city = wanted.city AND s.closed_at IS NULL
        ${amongShops(sql`s.id`, shops)}
      ORDER BY s.name, s.id LIMIT ${int(limit)}
    ) AS s`
}

/** Products with these names, optionally with a condition on the shop's name. */
export function productsNamed(leads: Lead[], scope: Conditional) {
  return products(scope, {
    leads: sql`
      SELECT name, detail, wanted.city, stocked, score + wanted.city_score AS score
      FROM ${found(leads)} CROSS JOIN ${oneOf(scope.cities)} CROSS JOIN ${shelvesOf(scope)}`,
    rows: rowsNamed(scope),
    other: sql`(p.shop_name, p.shop_city)`,
  })
}

/** Products of shops with these names, optionally with a condition on the product's name. */
export function productsOfShopsNamed(leads: Lead[], scope: Conditional) {
  return products(scope, {
    leads: sql`SELECT * FROM ${found(leads)} CROSS JOIN ${shelvesOf(scope)}`,
    rows: sql`
      SELECT p.* FROM shops AS s JOIN products AS p ON p.shop_id = s.id
      WHERE ${SHOP_OF_LEAD} AND p.in_stock = lead.stocked ${rowFiltersOf(scope)}
        ${otherFiltersOf(scope)}
      ORDER BY s.id, lower(p.name) LIMIT ${eachOf(scope)}`,
    other: sql`(p.name, coalesce(p.name_hi, ''))`,
  })
}

/** Products by city only, shop by shop. */
export function productsInCities(scope: ProductScope & { cities: City[] }) {
  const { cities, limit } = scope
  return sql`
    SELECT p.*, wanted.city_score AS score
    FROM ${oneOf(cities)} CROSS JOIN ${shelvesOf(scope)} CROSS JOIN LATERAL (
      SELECT ${PRODUCT} FROM shops AS s JOIN products AS p ON p.shop_id = s.id
      WHERE s.city = wanted.city AND s.closed_at IS NULL AND p.in_stock = shelf.stocked ${rowFiltersOf(scope)}
        ${otherFiltersOf(scope)}
      ORDER BY s.name, s.id, lower(p.name) LIMIT ${int(limit)}
    ) AS p
    ORDER BY wanted.city_score DESC, shelf.stocked DESC LIMIT ${int(limit)}`
}

/** Products that pass the filters, of these shops, or of the first shops of these cities. */
export function productsListed(scope: ListScope, cities: string[]) {
  const { shops, limit } = scope
  return sql`
    SELECT ${PRODUCT}, 0::float8 AS score
    FROM (
      SELECT id FROM shops WHERE closed_at IS NULL AND (
        ${shops}::uuid[] IS NULL AND city = ANY(${cities}::text[]) OR id = ANY(${shops}::uuid[])
      )
      ORDER BY name, id LIMIT ${int(LISTED_SHOPS)}
    ) AS s JOIN products AS p ON p.shop_id = s.id
    WHERE true ${otherFiltersOf(scope)} ${rowFiltersOf(scope)} AND (p.in_stock OR NOT ${scope.inStock}::boolean)
    ORDER BY p.in_stock DESC, lower(p.name), p.price_paise, p.id
    LIMIT ${int(limit)}`
}

type Conditional = ProductScope & { condition?: Condition }

/** Maximum rows per lead. */
function eachOf({ condition, perName, limit }: Conditional) {
  return int(condition?.examine ?? perName ?? limit)
}

function rowsNamed(scope: Conditional) {
  const slices = scope.condition ? slicesOf({ order: 'relevance', amount: null }) : slicesOf(scope)
  const rows = slices.map((slice) => {
    const by = { text: `p.${slice.by}`, bindings: [] }
    return sql`(
      SELECT * FROM products AS p
      WHERE ${scope.cities ? OF_LEAD_IN_CITY : OF_LEAD} AND p.in_stock = lead.stocked
        ${sliceOf(slice)} ${rowFiltersOf(scope)}
      ORDER BY ${by}, p.id LIMIT ${eachOf(scope)})`
  })
  return join(rows, ' UNION ALL ')
}

interface Plan {
  /** One row per place to search, with its score. */
  leads: Sql
  /** The products `p` for `lead`, in order. */
  rows: Sql
  /** The product column with the name the condition applies to. */
  other: Sql
}

/**
 * Follows leads, best first, and stops once there are enough products: only rows that are returned (or checked,
 * under a condition) are read.
 */
function products(scope: Conditional, plan: Plan) {
  const { limit, condition, perName } = scope
  const all = perName === null ? limit * slicesOf(scope).length : limit
  const most = int(condition?.examine ?? all)
  const rows = sql`
    SELECT ${PRODUCT}, lead.score
    FROM (SELECT * FROM (${plan.leads}) AS lead ORDER BY ${BEST_LEAD}) AS lead
    CROSS JOIN LATERAL (${plan.rows}) AS p
    WHERE true ${otherFiltersOf(scope)}
    ORDER BY ${BEST_LEAD} LIMIT ${most}`
  return condition?.among ? examined(rows, condition.among, plan.other) : rows
}

/** Rows with one of the names, with the number of rows checked; a single row without a product when none match. */
function examined(rows: Sql, names: Lead[], name: Sql) {
  return sql`
    WITH examined AS MATERIALIZED (${rows})
    SELECT (SELECT count(*) FROM examined)::int AS examined, ${PRODUCT}, p.score
    FROM (VALUES (true)) AS one
    LEFT JOIN examined AS p ON ${name} IN (
      SELECT * FROM unnest(${column(names, 'name', 'text')}, ${column(names, 'detail', 'text')})
    )`
}
