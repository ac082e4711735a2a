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

/** Where a shop delivers to. A shop that never said where it is cannot be asked: it delivers anywhere. */
export type DeliveryArea =
  | { kind: 'anywhere' }
  | { kind: 'district' | 'prefix'; prefix: string }
  | { kind: 'pins'; pins: string[] }
  | { kind: 'kilometres'; kilometres: number; from: string }

export function areaOf(settings: AreaSettings, shopPin: string | null): DeliveryArea {
  const { deliveryArea: kind, deliveryPins: pins, deliveryPrefix: prefix } = settings
  if (kind === 'pins') return { kind, pins: pins! }
  if (kind === 'prefix') return { kind, prefix: prefix! }
  if (!shopPin) return { kind: 'anywhere' }
  if (kind !== 'kilometres') return { kind: 'district', prefix: districtOf(shopPin) }
  return { kind, kilometres: settings.deliveryKilometres!, from: shopPin }
}

export function isRestricted({ kind }: DeliveryArea) {
  return kind !== 'anywhere'
}

/** Distances are between the points of PIN codes; where one has none, the district decides. */
export function delivers(area: DeliveryArea, { pin }: Pick<Place, 'pin'>): boolean {
  if (area.kind === 'anywhere') return true
  if (area.kind === 'pins') return area.pins.includes(pin)
  if (area.kind !== 'kilometres') return pin.startsWith(area.prefix)
  const from = pointOf(area.from)
  const to = pointOf(pin)
  if (!from || !to) return districtOf(pin) === districtOf(area.from)
  return pin === area.from || kilometresBetween(from, to) <= area.kilometres
}
