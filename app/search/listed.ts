import { facetsOf } from '#search/facets'
import { grouped, isInStock, rankIn } from '#search/ranking'
import type { ProductHit, SearchQuery } from '#search/search_engine'
import type { Found } from '#search/search_index'

/** Maximum products of a category to read. */
export const MOST_LISTED = 400

/** What a list of products comes to, of the nearest shops first: they match equally. */
export function listed(products: ProductHit[], query: SearchQuery): Found {
  const rankOf = rankIn(query.deliverers)
  const sorted = products.toSorted(
    (a, b) => Number(isInStock(b)) - Number(isInStock(a)) || rankOf(a) - rankOf(b)
  )
  const hits = query.grouped ? grouped(sorted, query.order) : sorted
  const isAll = products.length < MOST_LISTED
  return { shops: [], products: hits, facets: async () => ({ ...facetsOf(hits), exact: isAll }) }
}
