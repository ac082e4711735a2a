import type { Row } from './bulk_load.js'
import { SHOPS_PER_OWNER_LIMIT, type DemoShop, type DemoSize } from './generator.js'
import { Random } from './random.js'

type Span = readonly [from: number, to: number]

export interface DemoTimes {
  /** Minutes of each day, Sundays too. */
  spans: Span[]
  holidays: string[]
  slots: Span[]
}

const STREAM = 9

const WEEK = [1, 2, 3, 4, 5, 6, 7]
const MORNING: Span = [8 * 60, 10 * 60]
const EVENING: Span = [17 * 60, 19 * 60]
const CAPACITY = 6
const CUTOFF = 60

/** Republic Day. The seed must not depend on the day that it runs. */
const HOLIDAY = '2027-01-26'

const HOURS: Span[][] = [
  [[7 * 60, 22 * 60 + 30]],
  [
    [7 * 60, 13 * 60],
    [16 * 60, 22 * 60],
  ],
  [[10 * 60, 26 * 60]],
]

/**
 * The first shop of all delivers in slots. The first shop of each owner is open day and night, so that an order there never
 * depends on the clock; of the others half have hours.
 */
export function timesOf({ ordinal }: DemoShop, seed: number): DemoTimes {
  const random = new Random(seed, STREAM, ordinal)
  const hasHours = random.fraction() < 0.5 && ordinal % SHOPS_PER_OWNER_LIMIT > 0
  const hasSlots = random.fraction() < 0.3 || ordinal === 0
  return {
    spans: hasHours ? random.pick(HOURS) : [],
    holidays: hasHours ? [HOLIDAY] : [],
    slots: hasSlots ? [MORNING, EVENING] : [],
  }
}

/** Only of shops that this transaction has opened: what their owners change stays. */
const insert = (table: string, columns: string) =>
  `INSERT INTO ${table} (${columns})
   SELECT staged.* FROM staged JOIN shops ON shops.id = staged.shop_id AND shops.created_at = now()`

export const HOUR_ROWS = {
  columns:
    'shop_id uuid, weekday smallint, span smallint, from_minute smallint, to_minute smallint',
  insert: insert('shop_hours', 'shop_id, weekday, span, from_minute, to_minute'),
}

export const HOLIDAY_ROWS = {
  columns: 'shop_id uuid, day date',
  insert: insert('shop_holidays', 'shop_id, day'),
}

export const SLOT_ROWS = {
  columns:
    'shop_id uuid, weekday smallint, from_minute smallint, to_minute smallint, capacity smallint, cutoff_minutes smallint',
  insert: insert(
    'shop_slots',
    'shop_id, weekday, from_minute, to_minute, capacity, cutoff_minutes'
  ),
}

export function hourRows(batch: DemoShop[], { seed }: DemoSize): Row[] {
  return batch.flatMap((shop) => {
    const { spans } = timesOf(shop, seed)
    return WEEK.flatMap((day) =>
      spans.map(([from, to], index) => [shop.id, day, index + 1, from, to])
    )
  })
}

export function holidayRows(batch: DemoShop[], { seed }: DemoSize): Row[] {
  return batch.flatMap((shop) => timesOf(shop, seed).holidays.map((day) => [shop.id, day]))
}

export function slotRows(batch: DemoShop[], { seed }: DemoSize): Row[] {
  return batch.flatMap((shop) => {
    const { slots } = timesOf(shop, seed)
    return WEEK.flatMap((day) =>
      slots.map(([from, to]) => [shop.id, day, from, to, CAPACITY, CUTOFF])
    )
  })
}
