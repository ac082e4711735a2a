import { type FACETS, type FacetName, type Facets } from '#search/filters'

/** The parameter that a facet sets, in the order in which they are shown. */
const PARAMETERS = {
  categories: 'category',
  brands: 'brand',
  countries: 'country',
  cities: 'city',
  prices: 'price',
} as const satisfies Record<keyof typeof FACETS, string>

/** How many values of a facet are offered above the results. */
const QUICK: Partial<Record<FacetName, number>> = { categories: 3, brands: 2 }

const REMOVABLE = ['pin', 'type', ...Object.values(PARAMETERS), 'stock'] as const

type Name = (typeof REMOVABLE)[number]
type Query = Record<Name, string | number | boolean | null>

/** A link that narrows the search, or that takes back what narrows it. */
export interface Filter {
  name: Name
  value: string
  count: number | null
  current: boolean
  href: string
}

/** Filters of a search: all in groups, what is set, and a few that are asked for most. */
export function searchFilters(
  query: Query,
  facets: Facets | null,
  hrefFor: (changes: object) => string
) {
  const link = (name: Name, value: string, count: number | null = null): Filter => {
    const current = String(query[name]) === value
    const wanted = name === 'stock' ? 1 : value
    return { name, value, count, current, href: hrefFor({ [name]: current ? null : wanted }) }
  }
  const groups = Object.entries(PARAMETERS).map(([facet, name]) => {
    const values = facets?.[facet as FacetName] ?? []
    const shown = values.map(({ value, count }) => link(name, value, count))
    const quick = values.length > 1 && query[name] === null ? (QUICK[facet as FacetName] ?? 0) : 0
    return { name, filters: shown, quick: shown.slice(0, quick) }
  })
  const stock = link('stock', 'true', facets?.inStock ?? 0)
  return {
    groups: [
      ...groups.filter(({ filters }) => filters.length > 0),
      ...(facets ? [{ name: 'stock', filters: [stock], quick: [] }] : []),
    ],
    active: REMOVABLE.filter((name) => isSet(name, query[name])).map((name) =>
      link(name, String(query[name]))
    ),
    quick: [...(facets && !query.stock ? [stock] : []), ...groups.flatMap(({ quick }) => quick)],
  }
}

function isSet(name: Name, value: Query[Name]) {
  return value !== null && value !== false && !(name === 'type' && value === 'all')
}
