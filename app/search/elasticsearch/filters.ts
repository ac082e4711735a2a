import type { estypes } from '@elastic/elasticsearch'
import { eachFacet, MOST_VALUES, NO_FACETS } from '#search/facets'
import { PRICE_BANDS, type FacetName, type Facets, type ProductFilters } from '#search/filters'

type Query = estypes.QueryDslQueryContainer

export const STOCKED: Query = { range: { stock: { gt: 0 } } }

/** Query clauses for the filters. */
export function filtersOf({ category, priceFrom, priceTo, inStock }: ProductFilters): Query[] {
  const price = {
    ...(priceFrom === null ? {} : { gte: priceFrom }),
    ...(priceTo === null ? {} : { lte: priceTo }),
  }
  return [
    ...(category === null ? [] : [{ term: { category } }]),
    ...(Object.keys(price).length === 0 ? [] : [{ range: { price_paise: price } }]),
    ...(inStock ? [STOCKED] : []),
  ]
}

/** Aggregations for the facets and the stock filter. */
export const FACETS: Record<FacetName | 'inStock', estypes.AggregationsAggregationContainer> = {
  cities: { terms: { field: 'shop_city.exact', size: MOST_VALUES } },
  categories: { terms: { field: 'category', size: MOST_VALUES } },
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
  inStock: { filter: STOCKED },
}

interface Bucket {
  key: string
  doc_count: number
}

/** Facets from the aggregations, if requested; inexact when they cover only some of the products. */
export function toFacets(counts: any, exact: boolean): Facets {
  if (!counts?.cities) return { ...NO_FACETS, exact }
  return {
    ...eachFacet((name) => {
      const buckets: Bucket[] = counts[name].buckets
      return buckets
        .filter(({ doc_count: count }) => count > 0)
        .map(({ key, doc_count: count }) => ({ value: key, count }))
    }),
    inStock: counts.inStock.doc_count,
    exact,
  }
}
