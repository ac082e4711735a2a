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
import type { Slice } from '#search/slices'

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

/** The products of a slice. */
export function sliceFilters({ measure, soldAs, netQuantity, portion, country }: Slice): Query[] {
  const values = { measure, sold_as: soldAs, net_quantity: netQuantity, country }
  const terms = Object.entries(values).filter(([, value]) => value !== undefined)
  return [
    ...terms.map(([name, value]) => ({ term: { [name]: value! } })),
    ...(portion === undefined
      ? []
      : [{ range: { smallest: { lte: portion } } }, { range: { stock: { gte: portion } } }]),
  ]
}

type Aggregation = estypes.AggregationsAggregationContainer

const COUNTED: Record<FacetName | 'inStock', Aggregation> = {
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

/** Below this, Elasticsearch counts different values exactly. */
const PRECISE = 3_000

/** Counts all products that match; those with the same value of `field` once. */
export function facetsBy(field: string | null): Record<string, Aggregation> {
  if (field === null) return COUNTED
  const aggs = { results: { cardinality: { field, precision_threshold: PRECISE } } }
  return Object.fromEntries(
    Object.entries(COUNTED).map(([name, counted]) => [name, { ...counted, aggs }])
  )
}

interface Bucket {
  key: string
  doc_count: number
  results?: { value: number }
}

const countOf = ({ doc_count: products, results }: Bucket) => results?.value ?? products

/** Those counts, if they were asked for; of some of the products only when they are not exact. */
export function toFacets(counts: any, exact: boolean): Facets {
  if (!counts?.cities) return { ...NO_FACETS, exact }
  return {
    ...eachFacet((name) => {
      const buckets: Bucket[] = counts[name].buckets
      return buckets
        .map((bucket) => ({ value: bucket.key, count: countOf(bucket) }))
        .filter(({ count }) => count > 0)
    }),
    inStock: countOf(counts.inStock),
    exact,
  }
}
