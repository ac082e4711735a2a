import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import CounterSale from '#models/counter_sale'
import { decodeCursor, isUuid, toPage } from '#models/keyset'

const PAGE_SIZE = 30

const TOTALS = `
  SELECT days.day::text, days.day = indian_date(now()) AS "isToday",
    (days.day - 1)::text AS "dayBefore", (days.day + 1)::text AS "dayAfter",
    count(sales.id)::int AS count,
    coalesce(sum(amount_paise), 0)::float8 AS paise,
    coalesce(sum(amount_paise) FILTER (WHERE payment = 'cash'), 0)::float8 AS cash,
    coalesce(sum(amount_paise) FILTER (WHERE payment = 'upi'), 0)::float8 AS upi,
    coalesce(sum(amount_paise) FILTER (WHERE payment = 'khata'), 0)::float8 AS khata
  FROM (SELECT least(coalesce(cast(nullif(:day, '') AS date), indian_date(now())), indian_date(now())) AS day) AS days
  LEFT JOIN counter_sales AS sales
    ON shop_id = :shopId AND sold_on = days.day AND undone_at IS NULL
  GROUP BY days.day`

interface Totals {
  day: string
  isToday: boolean
  dayBefore: string
  dayAfter: string
  count: number
  paise: number
  cash: number
  upi: number
  khata: number
}

/** What a shop sold over its counter on a day, in paise. @param day null for today, by Indian time */
export async function totalsOfDay(
  shopId: string,
  day: string | null,
  client: QueryClientContract = db.connection()
): Promise<Totals> {
  const { rows } = await client.rawQuery(TOTALS, { shopId, day: day ?? '' })
  return rows[0]
}

/** A page of the sales of a day, newest first, with undone ones. */
export async function salesOfDay(
  shopId: string,
  day: string,
  cursor: string | null,
  client?: QueryClientContract
) {
  const after = decodeCursor(cursor, [isUuid])
  const sales = await CounterSale.query({ client })
    .where({ shop_id: shopId, sold_on: day })
    .preload('lines', (lines) => lines.orderBy('name'))
    .preload('khataTransaction', (line) => {
      line.preload('khata', (khata) => khata.preload('customer'))
    })
    .if(after, (query) => query.where('id', '<', after![0]))
    .orderBy('id', 'desc')
    .limit(PAGE_SIZE + 1)
  return toPage(
    sales,
    PAGE_SIZE,
    after,
    ({ id }) => [id],
    (sale) => sale
  )
}
