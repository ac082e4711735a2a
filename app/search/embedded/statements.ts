import type { Candidate, Kind } from '#search/embedded/candidates'
import { WEIGHTS } from '#search/embedded/interpretation'
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

const KINDS: Record<Kind, Sql> = { product: sql`'product'`, shop: sql`'shop'`, city: sql`'city'` }
const IN_CITY = sql`search_key(n.word, n.detail) = search_key(first.word, wanted.city)`
const ARRAYS = { text: sql`text[]`, int: sql`int[]`, float8: sql`float8[]` }
const NOTHING = sql``
const NAME = sql`n`
const KNOWN = sql`known`
const PRODUCT = sql`p.id, p.name, p.name_hi, p.unit, p.category, p.price_paise, p.stock, p.shop_id,
  p.shop_name, p.shop_city`

/** The collation of the tables' indexes; the names that lead there are compared byte by byte. */
const SHOP_OF_LEAD = sql`
  s.city = lead.detail COLLATE "default" AND s.name = lead.name COLLATE "default"`
const BEST_LEAD = sql`lead.score DESC, lead.stocked DESC, lead.name, lead.detail`
const SHELVES = sql`(VALUES (true), (false)) AS shelf(stocked)`
const ANYWHERE = sql`(VALUES (NULL::text, 0::float8)) AS wanted(city, city_score)`

/** The words of a text with the words of the vocabulary that begin like them, or null for none. */
export function beginnings(q: string, { words, perKind }: { words: number; perKind: number }) {
  return sql`
    SELECT typed.word AS typed, known.kind, known.word
    FROM unnest((SELECT search_words(${q}))) WITH ORDINALITY AS typed(word, place)
    LEFT JOIN LATERAL (
      SELECT kinds.kind, closest.word FROM unnest(ARRAY['product', 'shop', 'city']) AS kinds(kind)
      CROSS JOIN LATERAL (
        SELECT word FROM (
          SELECT v.word FROM search_vocabulary AS v
          WHERE v.kind = kinds.kind AND v.word >= typed.word AND v.word < typed.word || chr(1114111)
          ORDER BY v.word LIMIT 1000
        ) AS beginning ORDER BY char_length(word), word LIMIT ${int(perKind)}
      ) AS closest
    ) AS known ON true
    WHERE typed.place <= ${int(words)} ORDER BY typed.place`
}

/** Words of the vocabulary that may be as many typing errors away, and how many names contain them. */
export function neighbours(typed: { word: string; errors: number }[]) {
  return sql`
    SELECT typed.word AS typed, near.kind, near.word, used.names
    FROM unnest(
      ${array(
        'text',
        typed.map(({ word }) => word)
      )}, ${array(
        'int',
        typed.map(({ errors }) => errors)
      )}
    ) AS typed(word, errors)
    CROSS JOIN LATERAL (
      SELECT v.kind, v.word FROM search_vocabulary AS v
      WHERE search_deletions(v.word, 2) && search_deletions(typed.word, typed.errors)
        AND v.word !~ '[0-9]' AND char_length(v.word) > 2
        AND abs(char_length(v.word) - char_length(typed.word)) <= typed.errors
    ) AS near
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS names FROM (
        SELECT FROM search_names AS n WHERE n.kind = near.kind AND n.word = near.word LIMIT 100
      ) AS counted
    ) AS used`
}

/** For each word how many names contain a candidate of it, counted up to `limit`. */
export function commonness(kind: Kind, words: Candidate[][], limit: number) {
  const counts = words.map((candidates) => {
    return sql`(SELECT count(*) FROM (
      SELECT FROM search_names AS n
      WHERE n.kind = ${KINDS[kind]} AND n.word = ANY(${array(
        'text',
        candidates.map(({ word }) => word)
      )})
      LIMIT ${int(limit)}
    ) AS counted)`
  })
  return sql`SELECT ARRAY[${join(counts, ', ')}]::int[] AS counts`
}

/** Cities whose names contain the words. */
export function citiesNamed(names: Names) {
  return sql`
    SELECT name, score * ${int(WEIGHTS.product.city)} AS score
    FROM (${namesOf('city', names)}) AS found ORDER BY score DESC, name LIMIT ${int(names.limit)}`
}

/** The ways in which a city's name is written that differ from `city` by case and accents at most. */
export function citiesLike(city: string) {
  return sql`
    SELECT DISTINCT name FROM search_names
    WHERE kind = 'city' AND word = (search_words(${city}))[1]
      AND search_words(name) = search_words(${city})`
}

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
export function productsNamed(names: Names, scope: Scope & { condition?: Condition }) {
  return products(scope, {
    names: namesOf('product', names),
    leads: sql`
      SELECT name, detail, wanted.city, stocked,
        score * ${int(WEIGHTS.product.product)} + wanted.city_score AS score
      FROM found CROSS JOIN ${oneOf(scope.cities)} CROSS JOIN ${SHELVES}`,
    rows: sql`
      SELECT * FROM products AS p
      WHERE ${scope.cities ? sql`p.shop_city = lead.city AND` : NOTHING}
        search_key(p.name, p.name_hi) = search_key(lead.name, lead.detail)
        AND p.in_stock = lead.stocked
      ORDER BY p.id`,
    other: { kind: 'shop', name: sql`p.shop_name`, detail: sql`p.shop_city` },
  })
}

/** Products by the names of their shops and, under a condition, by their own names as well. */
export function productsOfShopsNamed(names: Names, scope: Scope & { condition?: Condition }) {
  return products(scope, {
    names: namesOf('shop', names, scope.cities),
    leads: sql`
      SELECT name, detail, stocked, score * ${int(WEIGHTS.product.shop)} + city_score AS score
      FROM found CROSS JOIN ${SHELVES}`,
    rows: sql`
      SELECT p.* FROM shops AS s JOIN products AS p ON p.shop_id = s.id
      WHERE ${SHOP_OF_LEAD} AND p.in_stock = lead.stocked
      ORDER BY s.id, lower(p.name)`,
    other: { kind: 'product', name: sql`p.name`, detail: sql`coalesce(p.name_hi, '')` },
  })
}

/** Products by their city alone. */
export function productsInCities({ cities, limit }: Scope & { cities: City[] }) {
  return sql`
    SELECT p.*, wanted.city_score AS score
    FROM ${oneOf(cities)} CROSS JOIN ${SHELVES} CROSS JOIN LATERAL (
      SELECT ${PRODUCT} FROM products AS p
      WHERE p.shop_city = wanted.city AND p.in_stock = shelf.stocked
      ORDER BY search_key(p.name, p.name_hi), p.id LIMIT ${int(limit)}
    ) AS p
    ORDER BY shelf.stocked DESC LIMIT ${int(limit)}`
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
function products({ limit, condition }: Scope & { condition?: Condition }, plan: Plan) {
  const most = int(condition?.examine ?? limit)
  const rows = sql`
    SELECT ${PRODUCT}, lead.score
    FROM (SELECT * FROM (${plan.leads}) AS lead ORDER BY ${BEST_LEAD}) AS lead
    CROSS JOIN LATERAL (${plan.rows} LIMIT ${most}) AS p
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

/**
 * Names that contain all the words, with how well they do. A name and a detail are one name: the detail
 * is a product's name in Hindi or a shop's city.
 */
function namesOf(kind: Kind, { words, limit }: Names, cities: City[] | null = null) {
  const [first, ...others] = words
  const along = others.length > 0
  return sql`
    SELECT name, detail, city_score, max(score) AS score
    FROM (
      SELECT n.name, n.detail, wanted.city_score,
        (first.weight ${along ? sql`+ ${weightIn(NAME, others)}` : NOTHING})
          * ${closeness(words.length, NAME)} AS score
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
function matchOf(kind: Kind, { name, detail }: { name: Sql; detail: Sql }, words: Candidate[][]) {
  return sql`
    SELECT ${weightIn(KNOWN, words)} * ${closeness(words.length, KNOWN)} AS score
    FROM (
      SELECT length, hashes FROM search_names AS n
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

/** 1 for a name of the words alone, down to 0.8 the more other words it has. */
function closeness(words: number, row: Sql) {
  return sql`(0.8 + 0.2 * least(1, ${int(words)}::float8 / ${row}.length))`
}

function oneOf(cities: City[] | null) {
  if (!cities) return ANYWHERE
  const names = array(
    'text',
    cities.map(({ name }) => name)
  )
  const scores = array(
    'float8',
    cities.map(({ score }) => score)
  )
  return sql`unnest(${names}, ${scores}) AS wanted(city, city_score)`
}

function unnested(candidates: Candidate[]) {
  const words = array(
    'text',
    candidates.map(({ word }) => word)
  )
  const weights = array(
    'float8',
    candidates.map(({ weight }) => weight)
  )
  return sql`unnest(${words}, ${weights})`
}

/**
 * An array whose length the planner does not see, as a query of its own: plans are then the same for all
 * lengths, so PostgreSQL keeps the plan of a prepared statement instead of making it anew each time.
 */
function array(type: 'text' | 'int' | 'float8', values: (string | number)[]) {
  return sql`(SELECT ${values}::${ARRAYS[type]})::${ARRAYS[type]}`
}
