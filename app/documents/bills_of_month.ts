import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { BillKind } from '#bills/tax'
import { IS_LARGE, OF_MONTH } from '#documents/gst_return'

/** Months of which a list is offered. */
const MOST_MONTHS = 60

interface KindOfMonth {
  kind: BillKind
  count: number
  cancelled: number
  value: number
  tax: number
}

/** What a return has to mention elsewhere, or not at all yet, in paise. */
interface LeftOut {
  exempt_here: number
  exempt_elsewhere: number
  without_rate: number
  without_hsn: number
  large: string[]
}

const KINDS = `
  SELECT kind, count(*)::integer AS count, count(cancelled_at)::integer AS cancelled,
    coalesce(sum(total_paise) FILTER (WHERE cancelled_at IS NULL), 0)::float8 AS value,
    coalesce(sum(tax) FILTER (WHERE cancelled_at IS NULL), 0)::float8 AS tax
  FROM (
    SELECT bills.*, sum(cgst_paise + sgst_paise + igst_paise) AS tax
    FROM bills JOIN bill_lines ON bill_lines.bill_id = bills.id
    WHERE shop_id = :shopId
      AND issued_on >= (:month || '-01')::date AND issued_on < (:month || '-01')::date + interval '1 month'
    GROUP BY bills.id
  ) AS taxed
  GROUP BY kind ORDER BY kind`

const sumOf = (condition: string) => `
  coalesce(sum(amount_paise + fee_paise) FILTER (WHERE ${condition}), 0)::float8`

const LEFT_OUT = `
  SELECT
    ${sumOf('gst_basis_points = 0 AND place_of_supply IS NOT DISTINCT FROM shop_state')} AS exempt_here,
    ${sumOf('gst_basis_points = 0 AND place_of_supply IS DISTINCT FROM shop_state')} AS exempt_elsewhere,
    ${sumOf('gst_basis_points IS NULL')} AS without_rate,
    ${sumOf('gst_basis_points IS NOT NULL AND hsn_code IS NULL')} AS without_hsn,
    ARRAY(
      SELECT number FROM bills
      WHERE ${OF_MONTH} AND cancelled_at IS NULL AND ${IS_LARGE}
        AND EXISTS (SELECT FROM bill_lines WHERE bill_id = bills.id AND gst_basis_points > 0)
      ORDER BY number
    ) AS large
  FROM bills JOIN bill_lines ON bill_lines.bill_id = bills.id
  WHERE ${OF_MONTH} AND cancelled_at IS NULL`

/** Months with bills, the latest first. */
export async function monthsWithBills(shopId: string, client: QueryClientContract) {
  const { rows } = await client.rawQuery(
    `SELECT DISTINCT to_char(issued_on, 'YYYY-MM') AS month FROM bills WHERE shop_id = :shopId
     ORDER BY month DESC LIMIT ${MOST_MONTHS}`,
    { shopId }
  )
  return rows.map(({ month }: { month: string }) => month) as string[]
}

/** @param month such as `2026-11` */
export async function billsOfMonth(
  about: { shopId: string; month: string },
  client: QueryClientContract
) {
  const kinds = await client.rawQuery(KINDS, about)
  const leftOut = await client.rawQuery(LEFT_OUT, about)
  return { kinds: kinds.rows as KindOfMonth[], leftOut: leftOut.rows[0] as LeftOut }
}
