import type { Facets, FacetValue } from '#search/search_engine'

interface Bucket {
  key: string
  doc_count: number
}

/** The counts that Elasticsearch made of all products that match; none where products were not searched. */
export function toFacets(counts: any): Facets {
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
    exact: true,
  }
}
