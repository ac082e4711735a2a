import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { OPEN_STATES } from '#models/order_state'

interface Sum {
  count: number
  paise: number
}

/** Obligations between a shop and its customers. */
export interface ShopStanding {
  products: number
  /** No orders, no khata entries and no counter sales. */
  isUntouched: boolean
  /** Khatas without entries. */
  emptyKhatas: number
  openOrders: number
  /** Delivered orders whose payment the owner has not confirmed. */
  unpaid: Sum
  /** Refunds due. */
  refunds: Sum
  /** Refunds due for payments that only the customer has reported. */
  unconfirmed: Sum
  /** Customers with a khata balance to pay. */
  owed: Sum
  /** Customers who have paid more than they owed. */
  ahead: Sum
}

const STANDING = `
  WITH
    own AS (SELECT * FROM orders WHERE shop_id = :shopId),
    balances AS (
      SELECT khatas.id, count(entries.id) AS lines, coalesce(sum(amount_paise), 0) AS balance
      FROM khatas
      LEFT JOIN khata_transactions AS t ON t.khata_id = khatas.id
      LEFT JOIN khata_entries AS entries ON entries.transaction_id = t.id AND account = 'khata'
      WHERE shop_id = :shopId GROUP BY khatas.id
    ),
    counted AS (
      SELECT count(*)::int AS orders,
        count(*) FILTER (WHERE state = ANY(:openStates))::int AS open,
        count(*) FILTER (WHERE is_unpaid)::int AS unpaid,
        coalesce(sum(total_paise) FILTER (WHERE is_unpaid), 0)::float8 AS unpaid_paise,
        count(*) FILTER (WHERE payment_state = 'refund_due')::int AS refunds,
        coalesce(sum(refund_paise) FILTER (WHERE payment_state = 'refund_due'), 0)::float8
          AS refund_paise,
        count(*) FILTER (WHERE is_unconfirmed)::int AS unconfirmed,
        coalesce(sum(refund_paise) FILTER (WHERE is_unconfirmed), 0)::float8 AS unconfirmed_paise
      FROM (
        SELECT *, state = 'delivered' AND payment_state IN ('due', 'claimed') AS is_unpaid,
          payment_state = 'refund_due' AND NOT payment_received AS is_unconfirmed,
          paid_paise - refunded_paise -
            CASE WHEN state IN ('declined', 'cancelled', 'expired') THEN 0 ELSE total_paise END AS refund_paise
        FROM own
      ) AS judged
    ),
    khata AS (
      SELECT count(*) FILTER (WHERE lines = 0)::int AS empty,
        count(*) FILTER (WHERE lines > 0)::int AS written,
        count(*) FILTER (WHERE balance > 0)::int AS owing,
        coalesce(sum(balance) FILTER (WHERE balance > 0), 0)::float8 AS owed,
        count(*) FILTER (WHERE balance < 0)::int AS leading,
        coalesce(-sum(balance) FILTER (WHERE balance < 0), 0)::float8 AS ahead
      FROM balances
    )
  SELECT *, EXISTS (SELECT FROM counter_sales WHERE shop_id = :shopId) AS has_sold,
    (SELECT count(*)::int FROM products WHERE shop_id = :shopId) AS products
  FROM counted CROSS JOIN khata`

/** Whether no orders are open and no money is owed either way. */
export function isEven({ openOrders, refunds, owed, ahead }: ShopStanding) {
  return openOrders + refunds.count + owed.count + ahead.count === 0
}

export async function standingOf(
  shopId: string,
  client: QueryClientContract = db.connection()
): Promise<ShopStanding> {
  const { rows } = await client.rawQuery(STANDING, { shopId, openStates: [...OPEN_STATES] })
  const [row] = rows
  return {
    products: row.products,
    isUntouched: row.orders === 0 && row.written === 0 && !row.has_sold,
    emptyKhatas: row.empty,
    openOrders: row.open,
    unpaid: { count: row.unpaid, paise: row.unpaid_paise },
    refunds: { count: row.refunds, paise: row.refund_paise },
    unconfirmed: { count: row.unconfirmed, paise: row.unconfirmed_paise },
    owed: { count: row.owing, paise: row.owed },
    ahead: { count: row.leading, paise: row.ahead },
  }
}
