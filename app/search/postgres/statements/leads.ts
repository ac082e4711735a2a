import { sql, type Sql } from '#search/postgres/sql'
import type { Lead } from '#search/postgres/names'

/** A city to search, and its score when query words name it. */
export interface City {
  name: string
  score: number
}

const ARRAYS = { text: sql`text[]`, float8: sql`float8[]` }
const ANYWHERE = sql`(VALUES (NULL::text, 0::float8)) AS wanted(city, city_score)`

/** The collation of the indexes; names are compared byte by byte. */
export const SHOP_OF_LEAD = sql`
  s.city = lead.detail COLLATE "default" AND s.name = lead.name COLLATE "default"
  AND s.closed_at IS NULL`
export const OF_LEAD = sql`
  search_key(p.name, p.name_hi) = search_key(lead.name, lead.detail) AND p.shop_closed_at IS NULL`
export const OF_LEAD_IN_CITY = sql`
  search_key(p.name, p.name_hi, p.shop_city) = search_key(lead.name, lead.detail, lead.city)
  AND p.shop_closed_at IS NULL`

/** The names as rows of `found`. */
export function found(leads: Lead[]) {
  return sql`unnest(${column(leads, 'name', 'text')}, ${column(leads, 'detail', 'text')},
    ${column(leads, 'score', 'float8')}) AS found(name, detail, score)`
}

/** The cities as rows of `wanted`, or a single row for everywhere. */
export function oneOf(cities: City[] | null) {
  if (!cities) return ANYWHERE
  const names = column(cities, 'name', 'text')
  return sql`unnest(${names}, ${column(cities, 'score', 'float8')}) AS wanted(city, city_score)`
}

/**
 * One field of each row, as an array from a subquery: the planner cannot see its length, so PostgreSQL uses a
 * generic plan for the prepared statement instead of replanning.
 */
export function column<Row>(rows: Row[], field: keyof Row, type: keyof typeof ARRAYS): Sql {
  return sql`(SELECT ${rows.map((row) => row[field])}::${ARRAYS[type]})::${ARRAYS[type]}`
}
