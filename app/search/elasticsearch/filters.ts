import type { estypes } from '@elastic/elasticsearch'
import { eachFacet, MOST_VALUES, NO_FACETS } from '#search/facets'
import {
  eachColumnFacet,
  FILTER_COLUMNS,
  PRICE_BANDS,
  type FacetName,
  type Facets,
  type ProductFilters,
} from '#search/filters'

type Query = estypes.QueryDslQueryContainer

export const STOCKED: Query = { range: { stock: { gt: 0 } } }

/** The products that pass the filters. */
export function filtersOf({ priceFrom, priceTo, inStock, ...filters }: ProductFilters): Query[] {
  const price = {
    ...(priceFrom === null ? {} : { gte: priceFrom }),
    ...(priceTo === null ? {} : { lte: priceTo }),
  }
  return [
    ...FILTER_COLUMNS.flatMap((column) => {
      const value = filters[column]
      return value === null ? [] : { term: { [column]: value } }
    }),
    ...(Object.keys(price).length === 0 ? [] : [{ range: { price_paise: price } }]),
    ...(inStock ? [STOCKED] : []),
  ]
}

/** Counts all products that match. */
export const FACETS: Record<FacetName | 'inStock', estypes.AggregationsAggregationContainer> = {
  cities: { terms: { field: 'shop_city.exact', size: MOST_VALUES } },
  ...eachColumnFacet((column) => ({ terms: { field: column, size: MOST_VALUES } })),
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

/** Those counts, if they were asked for; of some of the products only when they are not exact. */
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
