/** The beginnings of the pin codes of a city's shops. */
export interface PinArea {
  city: string
  /** Three digits, a sorting district. */
  area: string
}

const CITIES = 8

/**
 * The cities whose shops are nearest to a pin code, the nearest first. Pin codes are given out by region: the
 * more digits two have in common at the beginning, and then the closer the numbers, the nearer they lie.
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
