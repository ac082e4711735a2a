import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { sumOfDues } from '#models/dues'
import { OPEN_STATES, RETURNING_STATES } from '#models/order_state'

/** What waits for a shop's owner, and what was sold today. */
export interface ShopDay {
  /** Orders to accept, and all that are not finished. */
  waiting: number
  open: number
  /** Orders and counter sales since midnight in India. Declined, cancelled and undone ones are left out. */
  sold: { count: number; paise: number }
  /** Khatas with something to pay. */
  dues: { count: number; paise: number }
}

const DAY = `
  SELECT
    (SELECT count(*)::int FROM orders WHERE shop_id = :shopId AND state = 'placed') AS waiting,
    (SELECT count(*)::int FROM orders WHERE shop_id = :shopId AND state = ANY(:openStates)) AS open,
    count(*)::int AS count, coalesce(sum(paise), 0)::float8 AS paise
  FROM (
    SELECT total_paise AS paise FROM orders
    WHERE shop_id = :shopId AND created_at >= date_trunc('day', now(), 'Asia/Kolkata') AND state <> ALL(:lost)
    UNION ALL
    SELECT amount_paise FROM counter_sales
    WHERE shop_id = :shopId AND sold_on = indian_date(now()) AND undone_at IS NULL
  ) AS sold`

export async function dayOfShop(
  shopId: string,
  client: QueryClientContract = db.connection()
): Promise<ShopDay> {
  const openStates = [...OPEN_STATES]
  const { rows } = await client.rawQuery(DAY, { shopId, openStates, lost: [...RETURNING_STATES] })
  const { waiting, open, count, paise } = rows[0]
  return { waiting, open, sold: { count, paise }, dues: await sumOfDues(shopId, client) }
}
