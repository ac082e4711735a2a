import { FACETS, type FacetName, type Facets, type FacetValue } from '#search/filters'
import type { ProductHit } from '#search/search_engine'

export const MOST_VALUES = 12

export const NO_FACETS: Facets = { ...eachFacet(() => []), inStock: 0, exact: true }

/** Builds the facets by name. */
export function eachFacet(make: (name: FacetName) => FacetValue[]) {
  const names = Object.keys(FACETS) as FacetName[]
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<
    FacetName,
    FacetValue[]
  >
}

/** Exact facets when `hits` are all matching products. A hit of several offers counts once for each value. */
export function facetsOf(hits: ProductHit[]): Facets {
  const all = hits.map((hit) => [hit, ...hit.offers.map((offer) => ({ ...hit, ...offer }))])
  return {
    ...eachFacet((name) => {
      const values = all
        .flatMap((offers) => [...new Set(offers.map(FACETS[name]))])
        .filter((value) => value !== null)
      const byValue = Map.groupBy(values, (value) => value)
      return Array.from(byValue, ([value, { length }]) => ({ value, count: length }))
    }),
    inStock: all.filter((offers) => offers.some(({ stock }) => stock > 0)).length,
    exact: true,
  }
}

/** Adds the counts of two disjoint sets of products. */
export function addedFacets(a: Facets, b: Facets): Facets {
  return {
    ...eachFacet((name) => added(a[name], b[name])),
    inStock: a.inStock + b.inStock,
    exact: a.exact && b.exact,
  }
}

/** Sorted for display: by count, prices ascending. */
export function sortedFacets(facets: Facets): Facets {
  return {
    ...facets,
    ...eachFacet((name) => {
      return facets[name].toSorted(name === 'prices' ? byNumber : mostFirst).slice(0, MOST_VALUES)
    }),
  }
}

function added(some: FacetValue[], others: FacetValue[]): FacetValue[] {
  const counts = new Map(some.map(({ value, count }) => [value, count]))
  for (const { value, count } of others) counts.set(value, (counts.get(value) ?? 0) + count)
  return Array.from(counts, ([value, count]) => ({ value, count }))
}

function byNumber(a: FacetValue, b: FacetValue) {
  return Number(a.value) - Number(b.value)
}

function mostFirst(a: FacetValue, b: FacetValue) {
  return b.count - a.count || (a.value < b.value ? -1 : 1)
}
