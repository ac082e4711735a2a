import type { estypes } from '@elastic/elasticsearch'
import { forgivenErrors } from '#search/understanding/edit_distance'
import { PRICE_BANDS, type SearchQuery } from '#search/search_engine'
import type { Table } from '#search/elasticsearch/documents'
import type { Alternative, Part } from '#search/understanding/understanding'

type Query = estypes.QueryDslQueryContainer

/** The text fields of a table and how much a match in each counts. */
type Fields = Record<string, number>

/** One way to read a query. */
export interface Reading {
  parts: Part[]
  /** How many of the parts have to match. */
  least: number
  /** How much it counts, compared with what was typed. */
  weight: number
  /** Words that may be misspelt. */
  doubtful: Set<string>
}

const FIELDS: Record<Table, Fields> = {
  products: { name: 3, name_hi: 3, shop_name: 2, shop_city: 1 },
  shops: { name: 3, city: 1 },
}

/** Where products have their names, in which synonyms are looked for, and suggestions. */
const NAMES: Record<Table, Fields> = { products: { name: 3, name_hi: 3 }, shops: { name: 3 } }

const COLUMNS: Record<Table, string[]> = {
  products: [
    ...['id', 'name', 'name_hi', 'unit', 'category', 'price_paise', 'stock'],
    ...['shop_id', 'shop_name', 'shop_city'],
  ],
  shops: ['id', 'name', 'city'],
}

/** How much a word counts that is spelled alike, that begins with what was typed, or is only like it. */
const SPELLED = 0.95
const BEGINNING = 0.7
const ALIKE = 0.6

/** How many offers of one product to look at. */
const OFFERS = 12

const MOST_FACET_VALUES = 12

/**
 * What being in stock adds to the score: less than any difference between two matches, so that it
 * decides among equals alone. A power of two, so that scores stay comparable after it is taken off.
 */
export const IN_STOCK = 2 ** -13

/** The search for the best documents of a table. */
export function searchBody(
  table: Table,
  readings: Reading[],
  query: SearchQuery,
  size: number
): estypes.SearchRequest {
  const isGrouped = query.grouped && table === 'products'
  return {
    query: matching(table, readings, filtersOf(table, query), FIELDS[table]),
    sort: sortOf(table),
    _source: COLUMNS[table],
    size,
    track_total_hits: false,
    ...(isGrouped ? { collapse: byName(table) } : {}),
    ...(query.facets && table === 'products' ? { aggs: FACETS } : {}),
  }
}

/** The search for names that somebody may be about to type. */
export function suggestionBody(
  table: Table,
  readings: Reading[],
  { city, size }: { city: string | null; size: number }
): estypes.SearchRequest {
  return {
    query: matching(table, readings, cityFilter(table, city), NAMES[table]),
    sort: sortOf(table),
    _source: COLUMNS[table],
    size,
    track_total_hits: false,
    ...(table === 'products' ? { collapse: { field: 'name.folded' } } : {}),
  }
}

/** The question whether any name has a word. */
export function knownBody(word: string): estypes.SearchRequest {
  const should = ['name', 'name_hi', 'city'].map((field) => spelled(field, word, 1))
  return { query: { bool: { should } }, size: 0, terminate_after: 1, track_total_hits: 1 }
}

function matching(table: Table, readings: Reading[], filter: Query[], fields: Fields): Query {
  const queries = readings.map((reading) => readingOf(table, reading, fields))
  return {
    bool: {
      must: { dis_max: { queries } },
      filter,
      should: { constant_score: { filter: { range: { stock: { gt: 0 } } }, boost: IN_STOCK } },
    },
  }
}

function readingOf(
  table: Table,
  { parts, least, weight, doubtful }: Reading,
  fields: Fields
): Query {
  return {
    bool: {
      should: parts.map((part) => partOf(table, part, fields, doubtful)),
      minimum_should_match: least,
      boost: weight,
    },
  }
}

/** Other names of a thing are those of products. */
function partOf(
  table: Table,
  { alternatives }: Part,
  fields: Fields,
  doubtful: Set<string>
): Query {
  const queries = alternatives
    .filter(({ origin }) => origin === 'typed' || table === 'products')
    .map((one) => alternativeOf(one, one.origin === 'typed' ? fields : NAMES[table], doubtful))
  return { dis_max: { queries } }
}

/** All the words, which together weigh as much as one. */
function alternativeOf(
  { words, weight, origin }: Alternative,
  fields: Fields,
  doubtful: Set<string>
) {
  const must = words.map((word): Query => {
    const queries = Object.entries(fields).flatMap(([field, value]) => {
      const boost = (value * weight) / words.length
      const whole = [match(field, word, boost), spelled(field, word, boost * SPELLED)]
      if (origin === 'synonym') return whole
      const beginning = match(`${field}.beginnings`, word, boost * BEGINNING)
      return [...whole, beginning, ...(doubtful.has(word) ? alike(field, word, boost) : [])]
    })
    return { dis_max: { queries } }
  })
  return must.length === 1 ? must[0] : { bool: { must } }
}

function match(field: string, word: string, boost: number): Query {
  return { match: { [field]: { query: word, operator: 'and', boost } } }
}

function spelled(field: string, word: string, boost: number): Query {
  return match(`${field}.spelling`, word, boost)
}

function alike(field: string, word: string, boost: number): Query[] {
  const fuzziness = forgivenErrors(word)
  if (fuzziness === 0) return []
  const options = { fuzziness, fuzzy_rewrite: 'top_terms_50', operator: 'and' as const }
  return [{ match: { [field]: { query: word, boost: boost * ALIKE, ...options } } }]
}

function filtersOf(table: Table, query: SearchQuery): Query[] {
  if (table === 'shops') return cityFilter(table, query.city)
  const { category, priceFrom, priceTo, inStock } = query
  const price = {
    ...(priceFrom === null ? {} : { gte: priceFrom }),
    ...(priceTo === null ? {} : { lte: priceTo }),
  }
  return [
    ...cityFilter(table, query.city),
    ...(category === null ? [] : [{ term: { category } }]),
    ...(Object.keys(price).length === 0 ? [] : [{ range: { price_paise: price } }]),
    ...(inStock ? [{ range: { stock: { gt: 0 } } }] : []),
  ]
}

function cityFilter(table: Table, city: string | null): Query[] {
  const field = table === 'shops' ? 'city.folded' : 'shop_city.folded'
  return city === null ? [] : [{ term: { [field]: city } }]
}

function sortOf(table: Table): estypes.SortCombinations[] {
  const price: estypes.SortCombinations[] = table === 'products' ? [{ price_paise: 'asc' }] : []
  return ['_score', { 'name.exact': 'asc' }, ...price, { id: 'asc' }]
}

function byName(table: Table): estypes.SearchFieldCollapse {
  const inner = { name: 'offers', size: OFFERS, sort: sortOf(table), _source: COLUMNS[table] }
  return { field: 'name.folded', inner_hits: inner as estypes.SearchInnerHits }
}

const FACETS: Record<string, estypes.AggregationsAggregationContainer> = {
  cities: { terms: { field: 'shop_city.exact', size: MOST_FACET_VALUES } },
  categories: { terms: { field: 'category', size: MOST_FACET_VALUES } },
  prices: {
    range: {
      field: 'price_paise',
      ranges: PRICE_BANDS.map(({ from, to }, at) => ({
        key: String(at),
        from,
        ...(to === null ? {} : { to }),
      })),
    },
  },
  inStock: { filter: { range: { stock: { gt: 0 } } } },
}
