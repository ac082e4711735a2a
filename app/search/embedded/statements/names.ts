import type { Candidate, Kind } from '#search/embedded/candidates'
import { int, join, sql, type Sql } from '#search/embedded/sql'

/** Names of products, shops or cities, described by the words they contain. */
export interface Names {
  /** For each typed word what it may mean, the rarest first: names are looked up by that one. */
  words: Candidate[][]
  /** How many names to consider for each candidate of the first word, the shortest first. */
  limit: number
}

/** A city to search in, and what it adds to the score when words of the query name it. */
export interface City {
  name: string
  score: number
}

export const KINDS: Record<Kind, Sql> = {
  product: sql`'product'`,
  shop: sql`'shop'`,
  city: sql`'city'`,
}
const ARRAYS = { text: sql`text[]`, int: sql`int[]`, float8: sql`float8[]` }
const ANYWHERE = sql`(VALUES (NULL::text, 0::float8)) AS wanted(city, city_score)`
const IN_CITY = sql`search_key(n.word, n.detail) = search_key(first.word, wanted.city)`
const NAME = sql`n`
const KNOWN = sql`known`
const NOTHING = sql``

/**
 * Names that contain all the words, with how well they do. A name and a detail are one name: the detail
 * is a product's name in Hindi or a shop's city.
 */
export function namesOf(kind: Kind, { words, limit }: Names, cities: City[] | null = null) {
  const [first, ...others] = words
  const along = others.length > 0
  return sql`
    SELECT name, detail, city_score, max(score) AS score
    FROM (
      SELECT n.name, n.detail, wanted.city_score,
        (first.weight ${along ? sql`+ ${weightIn(NAME, others)}` : NOTHING})
          * ${closeness(words, NAME)} AS score
      FROM ${unnested(first)} AS first(word, weight)
      CROSS JOIN ${oneOf(cities)}
      CROSS JOIN LATERAL (
        SELECT n.name, n.detail, n.length, n.hashes FROM search_names AS n
        WHERE n.kind = ${KINDS[kind]}
          AND ${cities ? IN_CITY : sql`n.word = first.word`}
          ${along ? sql`AND ${containsIn(NAME, others)}` : NOTHING}
        ORDER BY n.length, n.name, n.detail LIMIT ${int(limit)}
      ) AS n
    ) AS scored
    GROUP BY name, detail, city_score`
}

/** One row if the name contains all the words, else none. */
export function matchOf(
  kind: Kind,
  { name, detail }: { name: Sql; detail: Sql },
  words: Candidate[][]
) {
  return sql`
    SELECT ${weightIn(KNOWN, words)} * ${closeness(words, KNOWN)} AS score
    FROM (
      SELECT hashes FROM search_names AS n
      WHERE n.kind = ${KINDS[kind]} AND n.name = ${name} AND n.detail = ${detail} LIMIT 1
    ) AS known
    WHERE ${containsIn(KNOWN, words)}`
}

/** Whether the name of this row has a candidate of each word. */
function containsIn(row: Sql, words: Candidate[][]) {
  const conditions = words.map((candidates) => {
    const hashes = sql`(SELECT array_agg(hashtext(word)) FROM ${unnested(candidates)} AS meant(word, weight))`
    return sql`${row}.hashes && ${hashes}`
  })
  return join(conditions, ' AND ')
}

/** The sum of the weights that the best candidate of each word has in the name of this row. */
function weightIn(row: Sql, words: Candidate[][]) {
  const weights = words.map((candidates) => {
    return sql`(SELECT max(meant.weight) FROM ${unnested(candidates)} AS meant(word, weight)
      WHERE hashtext(meant.word) = ANY(${row}.hashes))`
  })
  return sql`(${join(weights, ' + ')})`
}

/** 1 for a name of nothing but what is meant, in either language, down to 0.8 the more else it says. */
function closeness(words: Candidate[][], row: Sql) {
  const meant = sql`(SELECT array_agg(hashtext(word)) FROM ${unnested(words.flat())} AS meant(word, weight))`
  return sql`(0.8 + 0.2 * (
    SELECT count(*) FILTER (WHERE own.hash = ANY(${meant}::int[]))::float8 / count(*)
    FROM unnest(${row}.hashes) AS own(hash)
  ))`
}

/** The cities as rows `wanted`, or one row for everywhere. */
export function oneOf(cities: City[] | null) {
  if (!cities) return ANYWHERE
  const names = column(cities, 'name', 'text')
  return sql`unnest(${names}, ${column(cities, 'score', 'float8')}) AS wanted(city, city_score)`
}

function unnested(candidates: Candidate[]) {
  return sql`unnest(${column(candidates, 'word', 'text')}, ${column(candidates, 'weight', 'float8')})`
}

/**
 * One field of each row, as an array whose length the planner does not see, because it is a query of its
 * own. Plans are then the same for all lengths, so PostgreSQL keeps the plan of a prepared statement
 * instead of making a new one each time.
 */
export function column<Row>(rows: Row[], field: keyof Row, type: keyof typeof ARRAYS) {
  return sql`(SELECT ${rows.map((row) => row[field])}::${ARRAYS[type]})::${ARRAYS[type]}`
}
