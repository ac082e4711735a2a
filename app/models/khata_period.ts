import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { linesOfPeriod, type StatementLine } from '#models/khata_statement'

/** The lines of a khata from one Indian day to another, oldest first, and the balances around them. */
export interface KhataPeriod {
  from: string
  to: string
  openingPaise: number
  closingPaise: number
  lines: StatementLine[]
}

const PERIOD = `
  SELECT first::text AS from, greatest(first, last)::text AS to, (
    SELECT coalesce(sum(amount_paise), 0)::float8
    FROM khata_transactions AS t JOIN khata_entries ON transaction_id = t.id AND account = 'khata'
    WHERE khata_id = :khataId AND indian_date(t.created_at) < first
  ) AS opening
  FROM (
    SELECT coalesce(cast(nullif(:from, '') AS date), (indian_date(now()) - interval '3 months')::date) AS first,
      coalesce(cast(nullif(:to, '') AS date), indian_date(now())) AS last
  ) AS days`

/** @param days null for three months ago and today */
export async function periodOf(
  khataId: string,
  { from, to }: { from: string | null; to: string | null },
  client: QueryClientContract = db.connection()
): Promise<KhataPeriod> {
  const { rows } = await client.rawQuery(PERIOD, { khataId, from: from ?? '', to: to ?? '' })
  const [row] = rows
  const lines = await linesOfPeriod(khataId, row, client)
  const [first] = lines
  const openingPaise = first ? first.balancePaise - first.amountPaise : row.opening
  const closingPaise = lines.at(-1)?.balancePaise ?? row.opening
  return { from: row.from, to: row.to, openingPaise, closingPaise, lines }
}
