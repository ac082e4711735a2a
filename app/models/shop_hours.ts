import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { endOfShopDay, type Opening, type WeeklySpan } from '#hours/opening'
import type { WeeklySlot } from '#hours/slots'
import { saveSlots, slotsOf } from '#models/shop_slots'

export interface Hours {
  spans: WeeklySpan[]
  holidays: string[]
  lastOrderMinutes: number
  slots: WeeklySlot[]
}

const NO_HOURS = { spans: [], holidays: [], lastOrderMinutes: 0 }

/** Null when the shop has stated no hours. */
export async function openingOf(
  shopId: string,
  client: QueryClientContract = db.connection()
): Promise<Opening | null> {
  const { rows } = await client.rawQuery('SELECT shop_opening(?) AS opening', [shopId])
  return rows[0].opening
}

/** When the shop is open, at this moment of the primary's clock. */
export async function openingNow(shopId: string, client: QueryClientContract = db.connection()) {
  const { rows } = await client.rawQuery('SELECT shop_opening(?) AS opening, now() AS now', [
    shopId,
  ])
  return rows[0] as { opening: Opening | null; now: Date }
}

/** What the owner has stated; empty of a shop that has stated nothing. */
export async function hoursOf(shopId: string, client?: QueryClientContract): Promise<Hours> {
  const opening = await openingOf(shopId, client)
  const { spans, holidays, lastOrderMinutes } = opening ?? NO_HOURS
  return { spans, holidays, lastOrderMinutes, slots: await slotsOf(shopId, client) }
}

/** Replaces the weekly hours, the holidays and the delivery slots. */
export function saveHours(shopId: string, hours: Hours) {
  return changeHours(shopId, () => hours)
}

/** The same, with hours that are made of those as they are now, under a lock. */
export function changeHours(shopId: string, change: (now: Hours) => Hours) {
  return db.transaction(async (client) => {
    await lock(shopId, client)
    const { spans, holidays, lastOrderMinutes, slots } = change(await hoursOf(shopId, client))
    await client.from('shop_hours').where('shop_id', shopId).delete()
    await client.from('shop_holidays').where('shop_id', shopId).delete()
    const days = Map.groupBy(spans, ([weekday]) => weekday)
    const rows = [...days.values()].flatMap((ofDay) =>
      ofDay.map(([weekday, from, to], index) => {
        return { shop_id: shopId, weekday, span: index + 1, from_minute: from, to_minute: to }
      })
    )
    if (rows.length > 0) await client.table('shop_hours').multiInsert(rows)
    const free = holidays.map((day) => ({ shop_id: shopId, day }))
    if (free.length > 0) await client.table('shop_holidays').multiInsert(free)
    await saveSlots(shopId, slots, client)
    await set(shopId, { last_order_minutes: lastOrderMinutes }, client)
  })
}

/** Closes until the end of the shop's day. */
export function closeForToday(shopId: string) {
  return db.transaction(async (client) => {
    await lock(shopId, client)
    const { opening, now } = await openingNow(shopId, client)
    await set(shopId, { closed_until: endOfShopDay(opening, now) }, client)
  })
}

/** Takes that back. */
export function openAgain(shopId: string) {
  return db.transaction(async (client) => {
    await lock(shopId, client)
    await set(shopId, { closed_until: null }, client)
  })
}

async function lock(shopId: string, client: TransactionClientContract) {
  await client.rawQuery('SELECT FROM shops WHERE id = ? FOR NO KEY UPDATE', [shopId])
}

function set(shopId: string, values: object, client: TransactionClientContract) {
  return client
    .table('shop_settings')
    .knexQuery.insert({ shop_id: shopId, ...values })
    .onConflict('shop_id')
    .merge({ ...values, updated_at: new Date() })
}
