import { kilometresBetween } from '#places/distance'
import { districtOf } from '#places/district'
import { pointOf } from '#places/pin_points'
import type { Place } from '#places/place'

/** What an owner can say; unsaid, it is the district of the shop's PIN code. */
export const AREA_KINDS = ['district', 'pins', 'prefix', 'kilometres'] as const
export type AreaKind = (typeof AREA_KINDS)[number]

/** As the settings of a shop hold it. */
export interface AreaSettings {
  deliveryArea: AreaKind | null
  deliveryPins: string[] | null
  deliveryPrefix: string | null
  deliveryKilometres: number | null
}

/**
 * Where a shop delivers to. A shop that said neither where it is nor where it delivers to delivers anywhere; one that
 * said an area around itself, but not where it is, delivers nowhere until it does.
 */
export type DeliveryArea =
  | { kind: 'anywhere' }
  | { kind: 'nowhere' }
  | { kind: 'district' | 'prefix'; prefix: string }
  | { kind: 'pins'; pins: string[] }
  | { kind: 'kilometres'; kilometres: number; from: string }

export function areaOf(settings: AreaSettings, shopPin: string | null): DeliveryArea {
  const { deliveryArea: kind, deliveryPins: pins, deliveryPrefix: prefix } = settings
  if (kind === 'pins') return { kind, pins: pins! }
  if (kind === 'prefix') return { kind, prefix: prefix! }
  if (!shopPin) return { kind: kind === null ? 'anywhere' : 'nowhere' }
  if (kind !== 'kilometres') return { kind: 'district', prefix: districtOf(shopPin) }
  return { kind, kilometres: settings.deliveryKilometres!, from: shopPin }
}

/** `unknown` while nobody said where to, and it matters. */
export type Reach = 'delivered' | 'outside' | 'unknown'

/** @param pin of the place that is asked about; null when nobody said one */
export function reachOf(area: DeliveryArea, pin: string | null): Reach {
  if (area.kind === 'anywhere') return 'delivered'
  if (area.kind === 'nowhere') return 'outside'
  if (pin === null) return 'unknown'
  return delivers(area, { pin }) ? 'delivered' : 'outside'
}

/** Distances are between the points of PIN codes; where one has none, the district decides. */
export function delivers(area: DeliveryArea, { pin }: Pick<Place, 'pin'>): boolean {
  if (area.kind === 'anywhere') return true
  if (area.kind === 'nowhere') return false
  if (area.kind === 'pins') return area.pins.includes(pin)
  if (area.kind !== 'kilometres') return pin.startsWith(area.prefix)
  const from = pointOf(area.from)
  const to = pointOf(pin)
  if (!from || !to) return districtOf(pin) === districtOf(area.from)
  return pin === area.from || kilometresBetween(from, to) <= area.kilometres
}
