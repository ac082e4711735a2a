import type { estypes } from '@elastic/elasticsearch'
import { PRICE_BANDS, type Facets, type FacetValue } from '#search/search_engine'

const MOST_VALUES = 12

/** What is counted of all products that match. */
export const FACETS: Record<string, estypes.AggregationsAggregationContainer> = {
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
  inStock: { filter: { range: { stock: { gt: 0 } } } },
}

interface Bucket {
  key: string
  doc_count: number
}

/** The counts that Elasticsearch made of all products that match, or of some if it stopped early. */
export function toFacets(counts: any, exact = true): Facets {
  const values = (name: string): FacetValue[] => {
    const buckets: Bucket[] = counts?.[name].buckets ?? []
    return buckets
      .filter(({ doc_count: count }) => count > 0)
      .map(({ key, doc_count: count }) => ({ value: key, count }))
  }
  return {
    cities: values('cities'),
    categories: values('categories'),
    prices: values('prices'),
    inStock: counts?.inStock.doc_count ?? 0,
    exact,
  }
}

/** The counts of two sets of products that have none in common. */
export function addedFacets(one: Facets, other: Facets): Facets {
  return {
    cities: mostFirst(added(one.cities, other.cities)),
    categories: mostFirst(added(one.categories, other.categories)),
    prices: added(one.prices, other.prices).sort((a, b) => Number(a.value) - Number(b.value)),
    inStock: one.inStock + other.inStock,
    exact: one.exact && other.exact,
  }
}

function added(one: FacetValue[], other: FacetValue[]): FacetValue[] {
  const counts = new Map(one.map(({ value, count }) => [value, count]))
  for (const { value, count } of other) counts.set(value, (counts.get(value) ?? 0) + count)
  return Array.from(counts, ([value, count]) => ({ value, count }))
}

function mostFirst(values: FacetValue[]) {
  return values
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES)
}
