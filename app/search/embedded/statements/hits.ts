import { WEIGHTS } from '#search/embedded/interpretation'
import { int, sql, type Sql } from '#search/embedded/sql'
import { matchOf, namesOf, oneOf, type City, type Names } from '#search/embedded/statements/names'

/** The other half of a search that is led by one kind of names: what names of the other kind must contain. */
export interface Condition extends Names {
  /**
   * Whether to list the names that do, of which there must be no more than `limit`, or to look at each
   * product's own: which is quicker when there are so many that nearly every product will do.
   */
  list: boolean
  /** How many products to look at before giving up. */
  examine: number
}

export interface Scope {
  /** Null for everywhere. */
  cities: City[] | null
  /** The most rows to return. */
  limit: number
}

/** Where to look for products, which of them count, and how many there may be. */
export interface ProductScope extends Scope {
  /** The most rows for each name and city; null for as many as are wanted in all. */
  perName: number | null
  category: string | null
  priceFrom: number | null
  priceTo: number | null
  inStock: boolean
}

const PRODUCT = sql`p.id, p.name, p.name_hi, p.unit, p.category, p.price_paise, p.stock, p.shop_id,
  p.shop_name, p.shop_city`

/** The collation of the tables' indexes; the names that lead there are compared byte by byte. */
const SHOP_OF_LEAD = sql`
  s.city = lead.detail COLLATE "default" AND s.name = lead.name COLLATE "default"`
export const OF_LEAD = sql`search_key(p.name, p.name_hi) = search_key(lead.name, lead.detail)`
export const OF_LEAD_IN_CITY = sql`
  search_key(p.name, p.name_hi, p.shop_city) = search_key(lead.name, lead.detail, lead.city)`
const BEST_LEAD = sql`lead.score DESC, lead.stocked DESC, lead.name, lead.detail`
const SHELVES = sql`(VALUES (true), (false)) AS shelf(stocked)`
const FULL_SHELVES = sql`(VALUES (true)) AS shelf(stocked)`
const NOTHING = sql``
const MOST_PAISE = 2_147_483_647

/** Shops by their names. */
export function shopsNamed(names: Names, { cities, limit }: Scope) {
  return answer({
    names: namesOf('shop', names, cities),
    hits: sql`
      SELECT s.id, s.name, s.city, lead.score
      FROM (
        SELECT name, detail, score * ${int(WEIGHTS.shop.shop)} + city_score AS score FROM found
        ORDER BY score DESC, name, detail
      ) AS lead
      CROSS JOIN LATERAL (
        SELECT * FROM shops AS s WHERE ${SHOP_OF_LEAD} ORDER BY s.id LIMIT ${int(limit)}
      ) AS s
      ORDER BY lead.score DESC, lead.name, lead.detail LIMIT ${int(limit)}`,
    limit,
  })
}

/** Shops by their city alone. */
export function shopsInCities({ cities, limit }: Scope & { cities: City[] }) {
  return sql`
    SELECT s.id, s.name, s.city, city_score AS score
    FROM ${oneOf(cities)} CROSS JOIN LATERAL (
      SELECT * FROM shops AS s WHERE s.city = wanted.city ORDER BY s.name, s.id LIMIT ${int(limit)}
    ) AS s`
}

/** Products by their names and, under a condition, by the names of their shops as well. */
export function productsNamed(names: Names, scope: ProductScope & { condition?: Condition }) {
  return products(scope, {
    names: namesOf('product', names),
    leads: sql`
      SELECT name, detail, wanted.city, stocked,
        score * ${int(WEIGHTS.product.product)} + wanted.city_score AS score
      FROM found CROSS JOIN ${oneOf(scope.cities)} CROSS JOIN ${shelvesOf(scope)}`,
    rows: sql`
      SELECT * FROM products AS p
      WHERE ${scope.cities ? OF_LEAD_IN_CITY : OF_LEAD} AND p.in_stock = lead.stocked
        ${priceOf(scope)}
      ORDER BY p.price_paise, p.id`,
    other: { kind: 'shop', name: sql`p.shop_name`, detail: sql`p.shop_city` },
  })
}

/** Products by the names of their shops and, under a condition, by their own names as well. */
export function productsOfShopsNamed(
  names: Names,
  scope: ProductScope & { condition?: Condition }
) {
  return products(scope, {
    names: namesOf('shop', names, scope.cities),
    leads: sql`
      SELECT name, detail, stocked, score * ${int(WEIGHTS.product.shop)} + city_score AS score
      FROM found CROSS JOIN ${shelvesOf(scope)}`,
    rows: sql`
      SELECT p.* FROM shops AS s JOIN products AS p ON p.shop_id = s.id
      WHERE ${SHOP_OF_LEAD} AND p.in_stock = lead.stocked ${priceOf(scope)}
        ${categoryOf(scope)}
      ORDER BY s.id, lower(p.name)`,
    other: { kind: 'product', name: sql`p.name`, detail: sql`coalesce(p.name_hi, '')` },
  })
}

/** Products by their city alone, shop by shop. */
export function productsInCities(scope: ProductScope & { cities: City[] }) {
  const { cities, limit } = scope
  return sql`
    SELECT p.*, wanted.city_score AS score
    FROM ${oneOf(cities)} CROSS JOIN ${shelvesOf(scope)} CROSS JOIN LATERAL (
      SELECT ${PRODUCT} FROM shops AS s JOIN products AS p ON p.shop_id = s.id
      WHERE s.city = wanted.city AND p.in_stock = shelf.stocked ${priceOf(scope)}
        ${categoryOf(scope)}
      ORDER BY s.name, s.id, lower(p.name) LIMIT ${int(limit)}
    ) AS p
    ORDER BY wanted.city_score DESC, shelf.stocked DESC LIMIT ${int(limit)}`
}

interface Plan {
  /** The names that lead to the products; `leads` calls them `found`. */
  names: Sql
  /** One row for each place to look for products, with its score. */
  leads: Sql
  /** The products `p` in the place of `lead`, in order. */
  rows: Sql
  /** Whose names the condition is about, and which of a product's columns hold them. */
  other: { kind: 'product' | 'shop'; name: Sql; detail: Sql }
}

interface Answer {
  names: Sql
  /** The rows that `hits` takes its own from, `examined`. */
  examined?: Sql
  hits: Sql
  limit: number
}

/**
 * Goes from lead to lead, the best first, and stops as soon as there are enough products: however many
 * rows match, only those that are returned (or examined, under a condition) are read.
 */
function products(scope: ProductScope & { condition?: Condition }, plan: Plan) {
  const { limit, condition, perName } = scope
  const most = int(condition?.examine ?? limit)
  const each = int(condition?.examine ?? perName ?? limit)
  const rows = sql`
    SELECT ${PRODUCT}, lead.score
    FROM (SELECT * FROM (${plan.leads}) AS lead ORDER BY ${BEST_LEAD}) AS lead
    CROSS JOIN LATERAL (${plan.rows} LIMIT ${each}) AS p
    WHERE true ${categoryOf(scope)}
    ORDER BY ${BEST_LEAD} LIMIT ${most}`
  if (!condition) return answer({ names: plan.names, hits: rows, limit })
  const { kind, name, detail } = plan.other
  const others = condition.list
    ? sql`JOIN (${namesOf(kind, condition)}) AS other
        ON other.name = ${name} AND other.detail = ${detail}`
    : sql`CROSS JOIN LATERAL (${matchOf(kind, { name, detail }, condition.words)}) AS other`
  return answer({
    names: plan.names,
    examined: rows,
    hits: sql`
      SELECT ${PRODUCT}, p.score + other.score * ${int(WEIGHTS.product[kind])} AS score
      FROM examined AS p ${others}
      LIMIT ${int(limit)}`,
    limit,
  })
}

export function shelvesOf({ inStock }: ProductScope) {
  return inStock ? FULL_SHELVES : SHELVES
}

export function priceOf({ priceFrom, priceTo }: ProductScope) {
  if (priceFrom === null && priceTo === null) return NOTHING
  return sql`AND p.price_paise BETWEEN ${priceFrom ?? 0}::int AND ${priceTo ?? MOST_PAISE}::int`
}

export function categoryOf({ category }: ProductScope) {
  return category === null ? NOTHING : sql`AND p.category = ${category}`
}

/**
 * Each hit together with the number of names that led there, and of rows that were examined if that left
 * the page unfilled; to count them otherwise would read them all. One row without a hit when there is none.
 */
function answer({ names, examined, hits, limit }: Answer) {
  const count = sql`CASE WHEN (SELECT count(*) FROM hit) < ${int(limit)}
          THEN (SELECT count(*) FROM examined) END`
  return sql`
    WITH
      found AS MATERIALIZED (${names}),
      ${examined ? sql`examined AS MATERIALIZED (${examined}),` : NOTHING}
      hit AS MATERIALIZED (${hits})
    SELECT state.*, hit.*
    FROM (
      SELECT (SELECT count(*) FROM found)::int AS considered,
        (${examined ? count : sql`NULL`})::int AS examined
    ) AS state
    LEFT JOIN hit ON true`
}
