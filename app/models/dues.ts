import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { decodeCursor, isText, isUuid, toPage } from '#models/keyset'

const PAGE_SIZE = 30

export const DUES_ORDERS = ['amount', 'oldest'] as const
export type DuesOrder = (typeof DUES_ORDERS)[number]

export interface Due {
  id: string
  name: string
  /** That the shop may call: of a khata by name, or of the customer's last order there. */
  mobile: string | null
  balancePaise: number
  paidAt: Date | null
  paidPaise: number | null
}

/** Khatas of the shop with something to pay. `since`: the last payment, or the first line. */
const DUES = `
  SELECT khatas.id, coalesce(khatas.name, full_name) AS name, balance::float8 AS "balancePaise",
    coalesce(khatas.mobile, (
      SELECT orders.mobile FROM orders
      WHERE orders.shop_id = khatas.shop_id AND orders.customer_id = khatas.customer_id
      ORDER BY orders.id DESC LIMIT 1
    )) AS mobile,
    paid.created_at AS "paidAt", -paid.amount_paise::float8 AS "paidPaise",
    to_char(coalesce(paid.created_at, first_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS since
  FROM khatas
  LEFT JOIN users ON users.id = khatas.customer_id
  CROSS JOIN LATERAL (
    SELECT sum(amount_paise) AS balance, min(t.created_at) AS first_at
    FROM khata_transactions AS t JOIN khata_entries ON transaction_id = t.id AND account = 'khata'
    WHERE khata_id = khatas.id
  ) AS owed
  LEFT JOIN LATERAL (
    SELECT t.created_at, amount_paise
    FROM khata_transactions AS t JOIN khata_entries ON transaction_id = t.id AND account = 'khata'
    WHERE khata_id = khatas.id AND kind = 'settlement'
      AND NOT EXISTS (SELECT FROM khata_transactions WHERE reverses_id = t.id)
    ORDER BY t.id DESC LIMIT 1
  ) AS paid ON true
  WHERE khatas.shop_id = :shopId AND balance > 0`

const SORTED: Record<DuesOrder, { after: string; by: string }> = {
  amount: {
    after: `("balancePaise", id) < (:key::float8, :id::uuid)`,
    by: '"balancePaise" DESC, id DESC',
  },
  oldest: { after: '(since, id) > (:key, :id::uuid)', by: 'since, id' },
}

const isAmount = (part: unknown) => isText(part) && /^\d{1,15}$/.test(part as string)

/** A page of who owes what to the shop. */
export async function duesOf(
  shopId: string,
  { order, cursor }: { order: DuesOrder; cursor: string | null },
  client: QueryClientContract = db.connection()
) {
  const after = decodeCursor(cursor, [order === 'amount' ? isAmount : isText, isUuid])
  const { rows } = await client.rawQuery(
    `SELECT * FROM (${DUES}) AS dues WHERE ${after ? SORTED[order].after : 'true'}
     ORDER BY ${SORTED[order].by} LIMIT ${PAGE_SIZE + 1}`,
    { shopId, ...(after && { key: after[0], id: after[1] }) }
  )
  const keyOf = (due: Due & { since: string }) => {
    return [order === 'amount' ? String(due.balancePaise) : due.since, due.id]
  }
  return toPage(rows as (Due & { since: string })[], PAGE_SIZE, after, keyOf, (due): Due => due)
}

/** What all of them owe together, in paise. */
export async function sumOfDues(shopId: string, client: QueryClientContract = db.connection()) {
  const { rows } = await client.rawQuery(
    `SELECT count(*)::int AS count, coalesce(sum("balancePaise"), 0)::float8 AS paise FROM (${DUES}) AS dues`,
    { shopId }
  )
  return rows[0] as { count: number; paise: number }
}
