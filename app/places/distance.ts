/** Degrees, north and east. */
export interface Point {
  latitude: number
  longitude: number
}

/** Mean radius of the Earth. */
const RADIUS_KM = 6371

/** Great-circle distance, by the haversine formula. */
export function kilometresBetween(one: Point, other: Point): number {
  const across = halfChord(one.latitude, other.latitude)
  const along = halfChord(one.longitude, other.longitude)
  const scale = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude))
  return 2 * RADIUS_KM * Math.asin(Math.sqrt(across + scale * along))
}

const radians = (degrees: number) => (degrees * Math.PI) / 180

const halfChord = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
