import { COUNTED, type FacetCount } from '#search/postgres/statements/facets'
import { PRICE_BANDS, type FacetValue, type Facets, type ProductHit } from '#search/search_engine'

const MOST_VALUES = 12

/** The facets of counts that the database made. */
export function toFacets(counts: FacetCount[], more: boolean): Facets {
  const values = (field: 'city' | 'category' | 'band') => {
    return counts
      .filter((row) => row[field] !== null)
      .map((row) => ({ value: row[field]!, count: row.count }))
  }
  const all = counts.find(({ city, category, band, stocked }) => {
    return city === null && category === null && band === null && stocked === null
  })
  return {
    cities: mostFirst(values('city')),
    categories: mostFirst(values('category')),
    prices: values('band').sort((a, b) => Number(a.value) - Number(b.value)),
    inStock: counts.find(({ stocked }) => stocked)?.count ?? 0,
    exact: !more && (all?.most ?? 0) < COUNTED,
  }
}

/** The facets of hits that are all there is to count. */
export function facetsOfHits(hits: ProductHit[], more: boolean): Facets {
  const each = hits.flatMap((hit) => [hit, ...hit.offers.map((offer) => ({ ...hit, ...offer }))])
  const count = (valueOf: (hit: ProductHit) => string | null) => {
    const groups = Map.groupBy(each, valueOf)
    return Array.from(groups, ([value, { length }]) => ({ value, count: length })).filter(
      (one): one is FacetValue => one.value !== null
    )
  }
  return {
    cities: mostFirst(count(({ shopCity }) => shopCity)),
    categories: mostFirst(count(({ category }) => category)),
    prices: count(({ pricePaise }) => String(bandOf(pricePaise))).sort(
      (a, b) => Number(a.value) - Number(b.value)
    ),
    inStock: each.filter(({ stock }) => stock > 0).length,
    exact: !more,
  }
}

function mostFirst(values: FacetValue[]) {
  return values
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MOST_VALUES)
}

function bandOf(pricePaise: number) {
  return PRICE_BANDS.findLastIndex(({ from }) => pricePaise >= from)
}
