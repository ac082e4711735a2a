import type { estypes } from '@elastic/elasticsearch'
import { FACETS, filtersOf, STOCKED } from '#search/elasticsearch/filters'
import { INDEX_ORDER } from '#search/elasticsearch/indexing/index_definitions'
import { known, matching, type Fields, type Places } from '#search/elasticsearch/matching'
import { PRODUCT_COLUMNS, SHOP_COLUMNS } from '#search/hits'
import { FIELDS } from '#search/weights'
import type { SearchQuery } from '#search/search_engine'
import type { Interpretation } from '#search/search_index'

type Query = estypes.QueryDslQueryContainer

const { product, shop } = FIELDS
const SHOP: Fields = { shop_name: product.shop, shop_city: product.city }
const NAME: Fields = { name: product.product, name_hi: product.product }
/** The detail of a product's name is its name in Hindi. */
const LISTED_NAME: Fields = { name: product.product, detail: product.product }

/** Other names of a thing are those of products. */
const SHOPS: Places = { typed: { name: shop.shop, city: shop.city }, synonyms: {} }
const SHOP_NAMES: Places = { typed: { name: shop.shop }, synonyms: {} }
const PRODUCTS: Places = { typed: { ...NAME, ...SHOP }, synonyms: NAME }
const PRODUCT_NAMES: Places = { typed: LISTED_NAME, synonyms: LISTED_NAME }
const PRODUCT_SHOPS: Places = { typed: SHOP, synonyms: {} }

/** What products of one name have in common. */
export const FOLDED = 'name.folded'

/** Aggregations: the names of products, those that are in stock, and the best products of each name. */
export const NAMES = 'names'
export const STOCKED_NAMES = 'stockedNames'
export const BEST = 'best'

/** How many offers of one product to look at. */
export const OFFERS = 12

/** How many names of products to look at. */
export const MOST_NAMES = 1_000

/**
 * How many products to look at whose shop is called what was typed. Thousands of shops are called Kirana, and
 * one product of theirs is as good as another.
 */
const ENOUGH = 20_000

/**
 * What being in stock adds to the score: less than any difference between two matches, so that it
 * decides among equals alone. A power of two, so that scores stay comparable after it is taken off.
 */
export const IN_STOCK = 2 ** -13

/** Rows of closed shops, and of their products, keep their documents; when the shop closed stands in them. */
const OPEN_SHOPS: Query = { bool: { must_not: { exists: { field: 'closed_at' } } } }
const OF_OPEN_SHOPS: Query = { bool: { must_not: { exists: { field: 'shop_closed_at' } } } }

const SOLD_OUT: Query = { range: { stock: { lte: 0 } } }

/** To order by ids costs as much as all the rest, so names and shops, which are rarely equal, do without. */
const BY_NAME: estypes.SortCombinations[] = ['_score', { 'name.exact': 'asc' }]
const IN_FULL: estypes.SortCombinations[] = [...BY_NAME, { price_paise: 'asc' }, { id: 'asc' }]

/** The first documents of the index are the first of the answer, and the rest is not read. */
const AS_INDEXED = INDEX_ORDER.products.map((field): estypes.SortCombinations => {
  return { [field]: 'asc' }
})

/** The best shops. */
export function shopsBody(interpretations: Interpretation[], { city }: SearchQuery, size: number) {
  const query = filtered(matching(interpretations, SHOPS), shopFilters(city))
  return { query, sort: BY_NAME, _source: SHOP_COLUMNS, size, track_total_hits: false }
}

/** The names of products that match, the best first. */
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

/** The question whether a shop or a city is called by anything that was typed. */
export function shopsCalledBody(interpretations: Interpretation[]) {
  const query = filtered(matching(inAnyPart(interpretations), SHOP_NAMES), [
    { terms: { kind: ['shop', 'city'] } },
  ])
  return { query, size: 0, terminate_after: 1, track_total_hits: 1 }
}

/** How many products there are of each name, in all and in stock. */
export function soldBody(names: string[], query: SearchQuery) {
  const byName = { terms: { field: FOLDED, size: names.length } }
  return {
    query: { bool: { filter: [{ terms: { [FOLDED]: names } }, ...productFilters(query)] } },
    size: 0,
    track_total_hits: false,
    aggs: {
      [NAMES]: byName,
      [STOCKED_NAMES]: { filter: STOCKED, aggs: { [NAMES]: byName } },
      ...(query.facets ? FACETS : {}),
    },
  }
}

/**
 * The best products by their shop or its city as well, which are not called `names`; of each name only one if
 * they are to be grouped.
 */
export function productsOfShopsBody(
  interpretations: Interpretation[],
  query: SearchQuery,
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

/** Products of one name, all of which match alike. */
export function offersBody(name: string, query: SearchQuery, inStock: boolean, size: number) {
  const stock = inStock ? STOCKED : SOLD_OUT
  return firstOf([named(name), stock, ...productFilters(query)], size)
}

/** Products of several names, of which some match better than others by their shops. */
export function offersOfShopsBody(
  names: string[],
  interpretations: Interpretation[],
  query: SearchQuery
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

/** Names of shops that somebody may be about to type. */
export function suggestedShopsBody(
  interpretations: Interpretation[],
  city: string | null,
  size: number
) {
  const query = filtered(matching(interpretations, SHOP_NAMES), shopFilters(city))
  return { query, sort: BY_NAME, _source: SHOP_COLUMNS, size, track_total_hits: false }
}

/** A product of this name, if there is one. */
export function suggestedProductBody(name: string, city: string | null) {
  return firstOf([named(name), OF_OPEN_SHOPS, ...cityFilter('shop_city', city)], 1)
}

/** The question whether anything has a word in its name. */
export function knownBody(word: string) {
  const query = known(word, Object.keys(LISTED_NAME))
  return { query, size: 0, terminate_after: 1, track_total_hits: 1 }
}

function listed({ grouped, facets }: SearchQuery, size: number): estypes.SearchRequest {
  return {
    sort: grouped ? BY_NAME : IN_FULL,
    _source: PRODUCT_COLUMNS,
    size,
    track_total_hits: false,
    docvalue_fields: [FOLDED],
    ...(grouped ? { collapse: { field: FOLDED } } : {}),
    ...(facets ? { aggs: FACETS } : {}),
  }
}

/** What the index has first of these. */
function firstOf(filter: Query[], size: number) {
  return {
    query: { bool: { filter } },
    sort: AS_INDEXED,
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

/** Something that was typed is in the shop's name or its city. */
function inShops(interpretations: Interpretation[]): Query {
  return matching(inAnyPart(interpretations), PRODUCT_SHOPS)
}

function inAnyPart(interpretations: Interpretation[]): Interpretation[] {
  return interpretations.map((interpretation) => ({ ...interpretation, least: 1 }))
}

function named(name: string): Query {
  return { term: { [FOLDED]: name } }
}

function productFilters(query: SearchQuery): Query[] {
  return [OF_OPEN_SHOPS, ...cityFilter('shop_city', query.city), ...filtersOf(query)]
}

function shopFilters(city: string | null): Query[] {
  return [OPEN_SHOPS, ...cityFilter('city', city)]
}

function cityFilter(field: string, city: string | null): Query[] {
  return city === null ? [] : [{ term: { [`${field}.folded`]: city } }]
}
