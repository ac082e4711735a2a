import { PRICE_BANDS, type Facets, type FacetValue } from '#search/filters'
import type { ProductHit } from '#search/search_engine'

export const MOST_VALUES = 12

export const NO_FACETS: Facets = {
  cities: [],
  categories: [],
  prices: [],
  inStock: 0,
  exact: true,
}

/** The facets of products that are all there is to count. */
export function facetsOf(hits: ProductHit[]): Facets {
  const each = hits.flatMap((hit) => [hit, ...hit.offers.map((offer) => ({ ...hit, ...offer }))])
  const count = (valueOf: (hit: ProductHit) => string | null) => {
    const groups = Map.groupBy(each, valueOf)
    return Array.from(groups, ([value, { length }]) => ({ value, count: length })).filter(
      (facet): facet is FacetValue => facet.value !== null
    )
  }
  return {
    cities: count(({ shopCity }) => shopCity),
    categories: count(({ category }) => category),
    prices: count(({ pricePaise }) =>
      String(PRICE_BANDS.findLastIndex(({ from }) => pricePaise >= from))
    ),
    inStock: each.filter(({ stock }) => stock > 0).length,
    exact: true,
  }
}

/** The counts of two sets of products that have none in common. */
export function addedFacets(a: Facets, b: Facets): Facets {
  return {
    cities: added(a.cities, b.cities),
    categories: added(a.categories, b.categories),
    prices: added(a.prices, b.prices),
    inStock: a.inStock + b.inStock,
    exact: a.exact && b.exact,
  }
}

/** As they are shown: most first, prices from the cheapest. */
export function sortedFacets({ cities, categories, prices, ...rest }: Facets): Facets {
  return {
    cities: mostFirst(cities),
    categories: mostFirst(categories),
    prices: prices.toSorted((a, b) => Number(a.value) - Number(b.value)),
    ...rest,
  }
}

function added(some: FacetValue[], others: FacetValue[]): FacetValue[] {
  const counts = new Map(some.map(({ value, count }) => [value, count]))
  for (const { value, count } of others) counts.set(value, (counts.get(value) ?? 0) + count)
  return Array.from(counts, ([value, count]) => ({ value, count }))
}

function mostFirst(values: FacetValue[]) {
  return values
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES)
}
