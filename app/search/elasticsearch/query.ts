import type { estypes } from '@elastic/elasticsearch'
import { facetsBy, filtersOf, sliceFilters, STOCKED } from '#search/elasticsearch/filters'
import { INDEX_ORDER } from '#search/elasticsearch/indexing/index_definitions'
import { known, matching, type Fields, type Places } from '#search/elasticsearch/matching'
import { PRODUCT_COLUMNS, SHOP_COLUMNS } from '#search/hits'
import { FIELDS } from '#search/weights'
import type { SearchQuery } from '#search/search_engine'
import type { Interpretation, PlaceQuery } from '#search/search_index'
import type { Slice } from '#search/slices'

type Query = estypes.QueryDslQueryContainer

type PlacedQuery = SearchQuery & Pick<PlaceQuery, 'shops'>

const { product, shop } = FIELDS
const SHOP: Fields = { shop_name: product.shop, shop_city: product.city }
const NAME: Fields = { name: product.product, name_hi: product.product }
/** The detail of a product name is its Hindi name. */
const LISTED_NAME: Fields = { name: product.product, detail: product.product }

/** Synonyms are product names only. */
const SHOPS: Places = { typed: { name: shop.shop, city: shop.city }, synonyms: {} }
const SHOP_NAMES: Places = { typed: { name: shop.shop }, synonyms: {} }
const PRODUCTS: Places = { typed: { ...NAME, ...SHOP }, synonyms: NAME }
const PRODUCT_NAMES: Places = { typed: LISTED_NAME, synonyms: LISTED_NAME }
const PRODUCT_SHOPS: Places = { typed: SHOP, synonyms: {} }

/** Groups products with the same name. */
export const FOLDED = 'name.folded'

/** Aggregations: product names, those in stock, the best products of each name, and measures. */
export const NAMES = 'names'
export const STOCKED_NAMES = 'stockedNames'
export const BEST = 'best'
export const MEASURED = 'measured'

/** Maximum offers considered per product. */
export const OFFERS = 12

/** Maximum product names considered. */
export const MOST_NAMES = 1_000

/**
 * Maximum products considered that match by their shop's name. Thousands of shops are called Kirana, and their
 * products are equally relevant.
 */
const ENOUGH = 20_000

/**
 * Score bonus for being in stock: smaller than any difference between matches, so it only breaks ties. A power of
 * two, so it can be subtracted exactly.
 */
export const IN_STOCK = 2 ** -13

/** Closed shops, their products and what is not sold for now stay indexed, with these times. */
const OPEN_SHOPS: Query = { bool: { must_not: { exists: { field: 'closed_at' } } } }
const FOR_SALE: Query[] = ['shop_closed_at', 'withdrawn_at'].map((field) => {
  return { bool: { must_not: { exists: { field } } } }
})

const SOLD_OUT: Query = { range: { stock: { lte: 0 } } }

/** Sorting by id would double the cost, so names and shops, which rarely tie, go without. */
const BY_NAME: estypes.SortCombinations[] = ['_score', { 'name.exact': 'asc' }]
const IN_FULL: estypes.SortCombinations[] = [...BY_NAME, { price_paise: 'asc' }, { id: 'asc' }]

const inOrder = (fields: string[]) => fields.map((field) => ({ [field]: 'asc' as const }))

/** By price in the index sort order, so that reading stops after the first hits. */
const BY: Record<Slice['by'], estypes.SortCombinations[]> = {
  price_paise: inOrder(INDEX_ORDER.products),
  unit_price_paise: inOrder(['unit_price_paise', 'id']),
}

export function shopsBody(interpretations: Interpretation[], query: PlacedQuery, size: number) {
  const filter = [...shopFilters(query.city), ...among('id', query.shops)]
  return {
    query: filtered(matching(interpretations, SHOPS), filter),
    sort: BY_NAME,
    _source: SHOP_COLUMNS,
    size,
    track_total_hits: false,
  }
}

/** Matching product names, best first. */
export function namesBody(interpretations: Interpretation[], size = MOST_NAMES) {
  return {
    query: filtered(matching(interpretations, PRODUCT_NAMES), [{ term: { kind: 'product' } }]),
    sort: BY_NAME,
    collapse: { field: FOLDED },
    _source: false,
    docvalue_fields: [FOLDED],
    size,
    track_total_hits: false,
  }
}

/** Whether any shop or city matches. */
export function shopsCalledBody(interpretations: Interpretation[]) {
  const query = filtered(matching(inAnyPart(interpretations), SHOP_NAMES), [
    { terms: { kind: ['shop', 'city'] } },
  ])
  return { query, size: 0, terminate_after: 1, track_total_hits: 1 }
}

/** Number of products per name, total and in stock. */
export function soldBody(names: string[], query: PlacedQuery) {
  const byName = { terms: { field: FOLDED, size: names.length } }
  return {
    query: { bool: { filter: [{ terms: { [FOLDED]: names } }, ...productFilters(query)] } },
    size: 0,
    track_total_hits: false,
    aggs: {
      [NAMES]: byName,
      [STOCKED_NAMES]: { filter: STOCKED, aggs: { [NAMES]: byName } },
      [MEASURED]: { terms: { field: 'measure' } },
      ...facetsFor(query),
    },
  }
}

/** The best products by their shop or its city, excluding `names`; one per name when grouped. */
export function productsOfShopsBody(
  interpretations: Interpretation[],
  query: PlacedQuery,
  size: number,
  names: string[]
) {
  return {
    query: stockedFirst(
      filtered(matching(interpretations, PRODUCTS), [
        inShops(interpretations),
        { bool: { must_not: { terms: { [FOLDED]: names } } } },
        ...productFilters(query),
      ])
    ),
    terminate_after: ENOUGH,
    ...listed(query, size),
  }
}

/** Products of a slice of one name; all match equally. */
export function offersBody(
  name: string,
  query: PlacedQuery,
  slice: Slice & { inStock: boolean },
  size: number
) {
  const stock = slice.inStock ? STOCKED : SOLD_OUT
  const filter = [named(name), stock, ...sliceFilters(slice), ...productFilters(query)]
  return firstOf(filter, size, slice.by)
}

/** Products of several names, whose scores differ by their shops. */
export function offersOfShopsBody(
  names: string[],
  interpretations: Interpretation[],
  query: PlacedQuery
) {
  const best: estypes.AggregationsAggregationContainer = {
    terms: { field: FOLDED, size: names.length },
    aggs: { [BEST]: { top_hits: { sort: IN_FULL, _source: PRODUCT_COLUMNS, size: OFFERS } } },
  }
  return {
    query: stockedFirst(
      filtered(matching(interpretations, PRODUCTS), [
        { terms: { [FOLDED]: names } },
        inShops(interpretations),
        ...productFilters(query),
      ])
    ),
    aggs: { [NAMES]: best },
    size: 0,
    track_total_hits: false,
  }
}

/** Products that pass the filters, in stock first. */
export function listBody(query: PlacedQuery, size: number) {
  return {
    query: stockedFirst({ bool: { filter: productFilters(query) } }),
    ...listed({ ...query, grouped: false, facets: false }, size),
  }
}

/** Shop names for suggestions. */
export function suggestedShopsBody(
  interpretations: Interpretation[],
  city: string | null,
  size: number
) {
  const query = filtered(matching(interpretations, SHOP_NAMES), shopFilters(city))
  return { query, sort: BY_NAME, _source: SHOP_COLUMNS, size, track_total_hits: false }
}

/** A product with this name, if there is one. */
export function suggestedProductBody(name: string, city: string | null) {
  return firstOf([named(name), ...FOR_SALE, ...cityFilter('shop_city', city)], 1)
}

/** Whether any name contains the word. */
export function knownBody(word: string) {
  const query = known(word, Object.keys(LISTED_NAME))
  return { query, size: 0, terminate_after: 1, track_total_hits: 1 }
}

function listed(query: PlacedQuery, size: number): estypes.SearchRequest {
  const { grouped } = query
  return {
    sort: grouped ? BY_NAME : IN_FULL,
    _source: PRODUCT_COLUMNS,
    size,
    track_total_hits: false,
    docvalue_fields: [FOLDED],
    ...(grouped ? { collapse: { field: FOLDED } } : {}),
    ...(query.facets ? { aggs: facetsFor(query) } : {}),
  }
}

const facetsFor = ({ facets, grouped }: SearchQuery) =>
  facets ? facetsBy(grouped ? FOLDED : null) : {}

function firstOf(filter: Query[], size: number, by: Slice['by'] = 'price_paise') {
  return {
    query: { bool: { filter } },
    sort: BY[by],
    _source: PRODUCT_COLUMNS,
    size,
    track_total_hits: false,
  }
}

function filtered(must: Query, filter: Query[]): Query {
  return { bool: { must, filter } }
}

function stockedFirst(must: Query): Query {
  return { bool: { must, should: { constant_score: { filter: STOCKED, boost: IN_STOCK } } } }
}

/** Matches a query word in the shop's name or city. */
function inShops(interpretations: Interpretation[]): Query {
  return matching(inAnyPart(interpretations), PRODUCT_SHOPS)
}

function inAnyPart(interpretations: Interpretation[]): Interpretation[] {
  return interpretations.map((interpretation) => ({ ...interpretation, least: 1 }))
}

function named(name: string): Query {
  return { term: { [FOLDED]: name } }
}

function productFilters(query: PlacedQuery): Query[] {
  return [
    ...FOR_SALE,
    ...cityFilter('shop_city', query.city),
    ...among('shop_id', query.shops),
    ...filtersOf(query),
  ]
}

function among(field: string, shops: string[] | null): Query[] {
  return shops === null ? [] : [{ terms: { [field]: shops } }]
}

function shopFilters(city: string | null): Query[] {
  return [OPEN_SHOPS, ...cityFilter('city', city)]
}

function cityFilter(field: string, city: string | null): Query[] {
  return city === null ? [] : [{ term: { [`${field}.folded`]: city } }]
}
