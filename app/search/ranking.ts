import { fitting } from '#search/amount'
import { NOTHING, type SearchQuery, type SearchResults } from '#search/search_engine'
import { isSorted, sortedProducts, type SortedOrder } from '#search/sorted_orders'
import { GOOD_ENOUGH } from '#search/weights'
import type { Deliverer, ProductHit, SearchHit, SearchOrder, ShopHit } from '#search/search_engine'
import type { Found, ReadQuery } from '#search/search_index'

/** Number of hits considered for another order than the engine's. */
const MOST_HITS = 50

/** Hits to find per type: those of the page, plus one to know whether there are more. */
export function limitOf({ order, amount, size }: ReadQuery) {
  return isSorted(order) || amount ? MOST_HITS : size + 1
}

/** By score, then in stock, name, price and id. */
export function compareHits(a: SearchHit, b: SearchHit): number {
  return (
    b.score - a.score ||
    Number(isInStock(b)) - Number(isInStock(a)) ||
    compare(a.name, b.name) ||
    priceOf(a) - priceOf(b) ||
    compare(a.id, b.id)
  )
}

/**
 * Merges shops and products by score. Shops win ties, and each kind keeps a quarter of the places while it has
 * hits.
 */
export function mergeHits(shops: ShopHit[], products: ProductHit[], size: number): SearchResults {
  const best = <Hit extends SearchHit>(own: Hit[], others: SearchHit[]) => {
    const kept = Math.min(others.length, Math.floor(size / 4))
    return own.toSorted(compareHits).slice(0, size - kept)
  }
  const hits = [...best(shops, products), ...best(products, shops)]
    .sort((a, b) => b.score - a.score || Number(b.type === 'shop') - Number(a.type === 'shop'))
    .slice(0, size)
  return {
    ...NOTHING,
    count: hits.length,
    more: shops.length + products.length > hits.length,
    hits,
  }
}

/** Distinct hits with their highest score, sorted. */
export function bestOf<Hit extends SearchHit>(hits: Hit[]): Hit[] {
  return distinct(hits.toSorted(compareHits))
}

function distinct<Hit extends SearchHit>(hits: Hit[]): Hit[] {
  const seen = new Set<string>()
  return hits.filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** The hits of both, with the facets of the second, which searched a larger area. */
export function merged(found: Found, other: Found): Found {
  return {
    shops: bestOf([...found.shops, ...other.shops]),
    products: bestOf([...found.products, ...other.products]),
    facets: other.facets,
  }
}

/** Groups the same goods of different shops: the first becomes the hit, the others its offers. */
export function grouped(hits: ProductHit[], order: SearchOrder): ProductHit[] {
  const groups = Map.groupBy(distinct(hits), (hit) => keyOf(hit, order))
  return Array.from(groups.values(), ([first, ...others]) => ({
    ...first,
    offers: others.map(
      ({ id, pricePaise, unitPricePaise, country, stock, shopId, shopName, shopCity }) => {
        return { id, pricePaise, unitPricePaise, country, stock, shopId, shopName, shopCity }
      }
    ),
  }))
}

/** A pack of one piece may be of any size, which only its unit says. */
function keyOf({ name, nameHi, unit, country, ...goods }: ProductHit, order: SearchOrder) {
  const { measure, netQuantity, soldAs } = goods
  return JSON.stringify([
    ...[name.toLowerCase(), nameHi, measure, netQuantity, soldAs],
    netQuantity === 1 ? unit.toLowerCase() : '',
    order === 'country' ? country : '',
  ])
}

/** Shops and products in one list, in the requested order. */
export function arranged(shops: ShopHit[], found: ProductHit[], query: ReadQuery): SearchResults {
  const { order, size } = query
  const products = fitting(found, query.amount)
  if (isSorted(order)) return sorted(shops, products, { ...query, order })
  if (order === 'relevance') return mergeHits(shops, products, size)
  const all = mergeHits(shops, products, MOST_HITS)
  return firstOf(all, nearestFirst(all.hits, query), size)
}

function sorted(
  shops: ShopHit[],
  found: ProductHit[],
  query: ReadQuery & { order: SortedOrder }
): SearchResults {
  const products = sortedProducts(found.toSorted(compareHits), query.order, query)
  const known = new Set(products)
  const others = found.filter((hit) => !known.has(hit))
  const rest = mergeHits(shops, others, MOST_HITS)
  return firstOf(rest, [...products, ...rest.hits], query.size)
}

function firstOf(all: SearchResults, hits: SearchHit[], size: number): SearchResults {
  const first = hits.slice(0, size)
  return { ...all, hits: first, count: first.length, more: all.more || hits.length > size }
}

/** Of the shops that deliver what matches about as well as the best hit, by shop, then the rest of them, then by city. */
function nearestFirst(hits: SearchHit[], { near, deliverers }: SearchQuery) {
  const rankOf = rankIn(deliverers)
  const least = GOOD_ENOUGH * Math.max(0, ...hits.map(({ score }) => score))
  const isGood = (hit: SearchHit) => hit.score >= least && isInStock(hit)
  const isNear = (hit: SearchHit) => rankOf(hit) < deliverers.length
  const own = hits.filter(isNear)
  return [
    ...own.filter(isGood).sort((a, b) => rankOf(a) - rankOf(b)),
    ...own.filter((hit) => !isGood(hit)),
    ...hits.filter((hit) => !isNear(hit)).sort((a, b) => distance(a, near) - distance(b, near)),
  ]
}

/** Rank of the hit's shop among these; past the end for others. */
export function rankIn(deliverers: Deliverer[]) {
  const ranks = new Map(deliverers.map(({ id }, at) => [id, at]))
  return (hit: SearchHit) => {
    return ranks.get(hit.type === 'shop' ? hit.id : hit.shopId) ?? deliverers.length
  }
}

/** Whether it can be bought now; true for shops. */
export function isInStock(hit: SearchHit) {
  return hit.type === 'shop' || hit.stock > 0
}

/** Rank of the hit's city by distance; past the end when unknown. */
function distance(hit: SearchHit, near: string[]): number {
  const city = (hit.type === 'shop' ? hit.city : hit.shopCity).toLowerCase()
  const place = near.findIndex((other) => other.toLowerCase() === city)
  return place === -1 ? near.length : place
}

function priceOf(hit: SearchHit) {
  return hit.type === 'shop' ? 0 : hit.pricePaise
}

function compare(a: string, b: string) {
  if (a === b) return 0
  return a < b ? -1 : 1
}
