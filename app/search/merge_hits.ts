import type { ProductHit, SearchHit, SearchResults, ShopHit } from '#search/search_engine'

/** Best first: by score, then what can be bought now, then by name, then by id. */
export function compareHits(a: SearchHit, b: SearchHit): number {
  return (
    b.score - a.score ||
    Number(isInStock(b)) - Number(isInStock(a)) ||
    compare(a.name, b.name) ||
    compare(a.id, b.id)
  )
}

/**
 * One list of the best shops and products. A shop comes before a product of the same score, and each
 * kind keeps a quarter of the places as long as it has hits for them.
 */
export function mergeHits(shops: ShopHit[], products: ProductHit[], size: number): SearchResults {
  const best = <Hit extends SearchHit>(own: Hit[], others: SearchHit[]) => {
    const kept = Math.min(others.length, Math.floor(size / 4))
    return own.toSorted(compareHits).slice(0, size - kept)
  }
  const hits = [...best(shops, products), ...best(products, shops)]
    .sort((a, b) => b.score - a.score || Number(b.type === 'shop') - Number(a.type === 'shop'))
    .slice(0, size)
  return { count: hits.length, more: shops.length + products.length > hits.length, hits }
}

/** Whether it can be bought now; a shop always counts as such. */
export function isInStock(hit: SearchHit) {
  return hit.type === 'shop' || hit.stock > 0
}

function compare(a: string, b: string) {
  if (a === b) return 0
  return a < b ? -1 : 1
}
