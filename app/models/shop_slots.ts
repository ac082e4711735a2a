import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { keyOf, offeredSlots, type Slot, type WeeklySlot } from '#hours/slots'
import { RETURNING_STATES } from '#models/order_state'
import { openingNow } from '#models/shop_hours'

const COLUMNS = `weekday, from_minute AS "from", to_minute AS "to", capacity,
  cutoff_minutes AS "cutoffMinutes"`

/** The weekly delivery slots of a shop. */
export async function slotsOf(shopId: string, client: QueryClientContract = db.connection()) {
  const { rows } = await client.rawQuery(
    `SELECT ${COLUMNS} FROM shop_slots WHERE shop_id = ? ORDER BY weekday, from_minute, to_minute`,
    [shopId]
  )
  return rows as WeeklySlot[]
}

/** The slots that the shop offers now; some may be full. */
export async function slotsToOffer(shopId: string, client: QueryClientContract = db.connection()) {
  const slots = await slotsOf(shopId, client)
  if (slots.length === 0) return []
  const { opening, now } = await openingNow(shopId, client)
  const { rows } = await client.rawQuery(
    `SELECT slot_from AS "from", slot_to AS "to", count(*)::integer AS orders FROM orders
     WHERE shop_id = :shopId AND slot_from > :now AND state <> ALL(:returned) GROUP BY 1, 2`,
    { shopId, now, returned: [...RETURNING_STATES] }
  )
  const taken = (rows as (Slot & { orders: number })[]).map((row) => {
    return [keyOf(row), row.orders] as const
  })
  return offeredSlots(slots, opening, now, new Map(taken))
}

/** Replaces the slots; orders keep their times. */
export async function saveSlots(
  shopId: string,
  slots: WeeklySlot[],
  client: TransactionClientContract
) {
  await client.from('shop_slots').where('shop_id', shopId).delete()
  const rows = slots.map(({ weekday, from, to, capacity, cutoffMinutes }) => {
    const times = { shop_id: shopId, weekday, from_minute: from, to_minute: to }
    return { ...times, capacity, cutoff_minutes: cutoffMinutes }
  })
  if (rows.length > 0) await client.table('shop_slots').multiInsert(rows)
}
