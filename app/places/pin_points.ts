import { kilometresBetween, type Point } from '#places/distance'
import { districtOf } from '#places/district'
import districts from '../../database/pin_codes.json' with { type: 'json' }

/** The last three digits of the PIN code, and four of each coordinate in hundredths of a degree. */
const ENTRY = /^(\d{3})(\d{4})(\d{4})$/

/** Further from any post office is not in India. */
const FURTHEST_KM = 100

const written = new Map<string, string>(Object.entries(districts))
const read = new Map<string, Map<string, Point>>()

/**
 * Where the post offices of a PIN code are, to about a kilometre; the middle of its district when the code is not
 * known, and null where there are no post offices. See decision 72 for the source.
 */
export function pointOf(pinCode: string): Point | null {
  const points = pointsIn(districtOf(pinCode))
  return points.get(pinCode.slice(3)) ?? middleOf([...points.values()])
}

/** The PIN code whose post offices are nearest; null outside India. */
export function pinCodeNear(point: Point): string | null {
  let nearest = null
  let least = FURTHEST_KM
  for (const district of written.keys()) {
    for (const [rest, there] of pointsIn(district)) {
      const away = kilometresBetween(point, there)
      if (away < least) [nearest, least] = [district + rest, away]
    }
  }
  return nearest
}

/** Its own district, and those whose middle is so near that a shop there can be. */
export function districtsAround(pinCode: string, kilometres: number): string[] {
  const own = districtOf(pinCode)
  const here = pointOf(pinCode)
  if (!here) return [own]
  const near = [...middles()].filter(([, middle]) => {
    return kilometresBetween(here, middle) <= 2 * kilometres
  })
  return [...new Set([own, ...near.map(([district]) => district)])]
}

let known: [string, Point][] | undefined

function middles() {
  known ??= [...written.keys()].map((district) => {
    return [district, middleOf([...pointsIn(district).values()])!]
  })
  return known
}

function pointsIn(district: string): Map<string, Point> {
  const before = read.get(district)
  if (before) return before
  const points = new Map((written.get(district)?.split(' ') ?? []).map(entryOf))
  if (points.size > 0) read.set(district, points)
  return points
}

function entryOf(entry: string): [string, Point] {
  const [, rest, latitude, longitude] = ENTRY.exec(entry)!
  return [rest, { latitude: Number(latitude) / 100, longitude: Number(longitude) / 100 }]
}

function middleOf(points: Point[]): Point | null {
  if (points.length === 0) return null
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    latitude: mean(points.map(({ latitude }) => latitude)),
    longitude: mean(points.map(({ longitude }) => longitude)),
  }
}
