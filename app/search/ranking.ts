import { NOTHING, type SearchQuery, type SearchResults } from '#search/search_engine'
import { GOOD_ENOUGH } from '#search/weights'
import type { ProductHit, SearchHit, ShopHit } from '#search/search_engine'
import type { Found } from '#search/search_index'

/** Number of hits considered for sorting by price. */
const MOST_HITS = 50

/** Hits to find per type: those of the page, plus one to know whether there are more. */
export function limitOf({ order, size }: SearchQuery) {
  return order === 'price' ? MOST_HITS : size + 1
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
  const seen = new Set<string>()
  return hits.toSorted(compareHits).filter(({ id }) => !seen.has(id) && seen.add(id))
}

/** The hits of both, with the facets of the second, which searched a larger area. */
export function merged(found: Found, other: Found): Found {
  return {
    shops: bestOf([...found.shops, ...other.shops]),
    products: bestOf([...found.products, ...other.products]),
    facets: other.facets,
  }
}

/** Groups products that differ only in their shop: the first becomes the hit, the others its offers. */
export function grouped(hits: ProductHit[]): ProductHit[] {
  const groups = Map.groupBy(hits, ({ name, nameHi, unit }) => {
    return JSON.stringify([name.toLowerCase(), nameHi, unit.toLowerCase()])
  })
  return Array.from(groups.values(), ([first, ...others]) => ({
    ...first,
    offers: others.map(({ id, pricePaise, stock, shopId, shopName, shopCity }) => {
      return { id, pricePaise, stock, shopId, shopName, shopCity }
    }),
  }))
}

/** Shops and products in one list, in the requested order. */
export function arranged(
  shops: ShopHit[],
  products: ProductHit[],
  query: SearchQuery
): SearchResults {
  if (query.order === 'relevance') return mergeHits(shops, products, query.size)
  const all = mergeHits(shops, products, MOST_HITS)
  const hits = (
    query.order === 'price' ? cheapestFirst(all.hits) : nearestFirst(all.hits, query)
  ).slice(0, query.size)
  return { ...all, hits, count: hits.length, more: all.more || all.count > hits.length }
}

function nearestFirst(hits: SearchHit[], { near }: SearchQuery) {
  return hits.toSorted((a, b) => distance(a, near) - distance(b, near))
}

function cheapestFirst(hits: SearchHit[]) {
  const products = hits.filter((hit) => hit.type === 'product')
  const least = GOOD_ENOUGH * Math.max(0, ...products.map(({ score }) => score))
  const cheapest: SearchHit[] = products
    .filter(({ score }) => score >= least)
    .sort((a, b) => a.pricePaise - b.pricePaise || compareHits(a, b))
  return [...cheapest, ...hits.filter((hit) => !cheapest.includes(hit))]
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
