import { DateTime } from 'luxon'
import type { DatabaseError } from 'pg'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { keyOf, type Slot } from '#hours/slots'
import { slotsToOffer } from '#models/shop_slots'

/** The database counts the orders of a slot under its lock. */
const REFUSALS: Record<string, 'slot_full' | 'slot_gone'> = {
  orders_slot_capacity: 'slot_full',
  orders_slot_known: 'slot_gone',
}

/** @throws CheckoutRefused when the shop does not offer the slot (any more) */
export async function checkSlot(shopId: string, slot: Slot, client: TransactionClientContract) {
  const offered = await slotsToOffer(shopId, client)
  if (!offered.some(({ key }) => key === keyOf(slot)))
    throw new CheckoutRefused('slot', 'slot_gone')
}

/** @throws CheckoutRefused when the slot that the work takes is full */
export async function takingSlot<T>(work: () => Promise<T>): Promise<T> {
  return work().catch((error: DatabaseError) => {
    const rule = REFUSALS[error.constraint ?? '']
    throw rule ? new CheckoutRefused('slot', rule) : error
  })
}

export function slotColumns(slot: Slot | null) {
  return {
    slotFrom: slot && DateTime.fromJSDate(slot.from),
    slotTo: slot && DateTime.fromJSDate(slot.to),
  }
}
