import {
  areaOf,
  reachOf,
  type AreaSettings,
  type DeliveryArea,
  type Reach,
} from '#delivery/delivery_area'
import { quoteFor, type DeliveryTerms, type Quote } from '#delivery/quote'
import type { Place } from '#places/place'

/** What a shop has said of its deliveries. */
export type DeliverySettings = DeliveryTerms & AreaSettings

export interface DeliveryTo extends Quote {
  area: DeliveryArea
  reach: Reach
  /** Of the place that was asked about; null when nobody said one. */
  pin: string | null
}

/** A delivery of items of this value from a shop to a place: whether, and what it costs. */
export function deliveryTo(
  shop: DeliverySettings & { pinCode: string | null },
  place: Pick<Place, 'pin'> | null,
  itemsPaise: number
): DeliveryTo {
  const area = areaOf(shop, shop.pinCode)
  const pin = place?.pin ?? null
  return { ...quoteFor(shop, itemsPaise), area, reach: reachOf(area, pin), pin }
}

/** Whether it is what an order of these items gets, unless the customer says otherwise; else they pick it up. */
export function isDelivery({ reach, tooLittlePaise }: DeliveryTo) {
  return reach !== 'outside' && tooLittlePaise === 0
}
