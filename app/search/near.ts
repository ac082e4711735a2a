import { rankIn } from '#search/ranking'
import type { Deliverer, SearchHit } from '#search/search_engine'

/** Pin-code prefixes of a city's shops. */
export interface PinArea {
  city: string
  /** Three digits, a sorting district. */
  area: string
}

const CITIES = 8

/**
 * Cities by distance to a pin code, nearest first. Pin codes are assigned by region: more common leading digits,
 * then closer numbers, mean nearer.
 */
export function citiesNear(pin: string, areas: PinArea[]): string[] {
  const nearest = areas
    .map(({ city, area }) => ({
      city,
      common: commonDigits(pin, area),
      apart: Math.abs(Number(pin.slice(0, area.length)) - Number(area)),
    }))
    .sort((a, b) => b.common - a.common || a.apart - b.apart)
    .filter(({ common }) => common > 0)
  return [...new Set(nearest.map(({ city }) => city))].slice(0, CITIES)
}

function commonDigits(one: string, other: string): number {
  let count = 0
  while (count < other.length && one[count] === other[count]) count++
  return count
}

/**
 * Hits of shops that deliver, or else of the nearest city that has any, apart from the others; all are near when none
 * is in a city near by.
 *
 * @param hits nearest first
 * @param near cities by distance
 */
export function nearestOf(hits: SearchHit[], near: string[], deliverers: Deliverer[] = []) {
  const rankOf = rankIn(deliverers)
  const delivered = hits.filter((hit) => rankOf(hit) < deliverers.length)
  if (delivered.length > 0) {
    const others = hits.filter((hit) => rankOf(hit) === deliverers.length)
    return { nearest: delivered, further: others, isDelivered: true }
  }
  return { ...ofNearestCity(hits, near), isDelivered: false }
}

function ofNearestCity(hits: SearchHit[], near: string[]) {
  const city = hits.length > 0 ? cityOf(hits[0]) : ''
  const isNear = (hit: SearchHit) => cityOf(hit) === city
  if (!near.some((one) => one.toLowerCase() === city)) return { nearest: hits, further: [] }
  return { nearest: hits.filter(isNear), further: hits.filter((hit) => !isNear(hit)) }
}

const cityOf = (hit: SearchHit) => (hit.type === 'shop' ? hit.city : hit.shopCity).toLowerCase()
