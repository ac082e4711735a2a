import type { HttpContext } from '@adonisjs/core/http'
import { CityCache, type CityNames } from '#caches/city_cache'
import { nameIn } from '#locale/name_in'

const byName = new WeakMap<CityNames[], Map<string, CityNames>>()

/** The cities with their names in the page's language; null in English, which has names of its own for none. */
export async function citiesFor({ clock, containerResolver, i18n }: HttpContext) {
  if (i18n.locale === 'en') return null
  const cache = await containerResolver.make(CityCache)
  return cache.all(clock)
}

/** What the page calls a city. */
export function cityNameIn(locale: string, cities: CityNames[] | null) {
  if (cities === null) return (city: string) => city
  const known = byName.get(cities) ?? new Map(cities.map((city) => [city.name, city]))
  byName.set(cities, known)
  return (city: string) => {
    const names = known.get(city)
    return names ? nameIn(locale, names) : city
  }
}

/** `cityNameIn`, for pages that are not kept. */
export async function cityNameFor(ctx: HttpContext) {
  return cityNameIn(ctx.i18n.locale, await citiesFor(ctx))
}
