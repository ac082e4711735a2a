import { deliveryTo, isDelivery } from '#delivery/delivery_to'
import { stateOf } from '#hours/opening'
import { keyOf, offeredSlots } from '#hours/slots'
import type { ShopTerms } from '#models/shop_terms'
import type { Place } from '#places/place'

/** How the cart of a shop gets to the customer: where to, for how much, and when. Nothing of a shop that has closed. */
export function cartDelivery(
  terms: ShopTerms | undefined,
  place: Place | null,
  itemsPaise: number,
  now = new Date()
) {
  if (!terms)
    return {
      delivery: null,
      openState: null,
      nextSlot: null,
      totalPaise: itemsPaise,
      takesOrder: false,
    }
  const delivery = deliveryTo(terms, place, itemsPaise)
  const isDelivered = itemsPaise > 0 && isDelivery(delivery)
  const openState = stateOf(terms.opening, now)
  const nextSlot = nextSlotOf(terms, now)
  const isOpen = openState === null || openState.kind === 'open'
  return {
    delivery,
    openState,
    nextSlot: isDelivered ? nextSlot : null,
    totalPaise: itemsPaise + (isDelivered ? delivery.feePaise : 0),
    takesOrder: itemsPaise > 0 && (isOpen || (isDelivered && nextSlot !== null)),
  }
}

/** The soonest that is not full. */
function nextSlotOf({ slots, opening, taken }: ShopTerms, now: Date) {
  const orders = taken.map(({ from, to, orders: count }) => {
    return [keyOf({ from: new Date(from), to: new Date(to) }), count] as const
  })
  return offeredSlots(slots, opening, now, new Map(orders)).find(({ isFull }) => !isFull) ?? null
}
