import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type KhataTransaction from '#models/khata_transaction'
import type { KhataEntry } from '#models/khata_transaction'

const STATEMENT_LINES = 200
const PDF_LINES = 2_000

export interface StatementLine {
  id: string
  kind: KhataTransaction['kind']
  /** The reason of a reversal. */
  note: string | null
  createdAt: Date
  orderId: string | null
  orderNumber: string | null
  /** Negative when it reduced the amount owed. */
  amountPaise: number
  balancePaise: number
  account: KhataEntry['account']
  isReversed: boolean
  /** Kind of the line that a reversal undoes. */
  reversedKind: KhataTransaction['kind'] | null
  reversedAt: Date | null
  /** Amount that a reversal would take off; 0 when nothing is left, or the order or sale itself can still be. */
  reversiblePaise: number
}

/** The lines of a khata, newest first, with the balance after each. */
export async function statementOf(
  khataId: string,
  client?: TransactionClientContract
): Promise<StatementLine[]> {
  return linesOf(khataId, `ORDER BY id DESC LIMIT ${STATEMENT_LINES}`, client ?? db)
}

/** The newest lines between two Indian days, oldest first. */
export async function linesOfPeriod(
  khataId: string,
  { from, to }: { from: string; to: string },
  client: Pick<QueryClientContract, 'rawQuery'>
) {
  const days = { from, to }
  const within = `WHERE indian_date("createdAt") BETWEEN cast(:from AS date) AND cast(:to AS date)`
  const newest = await linesOf(
    khataId,
    `${within} ORDER BY id DESC LIMIT ${PDF_LINES}`,
    client,
    days
  )
  return newest.toReversed()
}

/** One line, or undefined. */
export async function statementLine(
  khataId: string,
  id: string,
  client?: TransactionClientContract
) {
  const [line] = await linesOf(khataId, 'WHERE id = :id', client ?? db, { id })
  return line as StatementLine | undefined
}

async function linesOf(
  khataId: string,
  which: string,
  client: Pick<QueryClientContract, 'rawQuery'>,
  bindings: Record<string, string> = {}
): Promise<StatementLine[]> {
  const { rows } = await client.rawQuery(
    `SELECT * FROM (
       SELECT t.id, t.kind, t.note, t.created_at AS "createdAt",
         orders.id AS "orderId", number AS "orderNumber",
         amount_paise::float8 AS "amountPaise",
         sum(amount_paise) OVER (ORDER BY t.id)::float8 AS "balancePaise",
         (SELECT other.account FROM khata_entries AS other
          WHERE other.transaction_id = t.id AND other.account <> 'khata') AS account,
         reversal.id IS NOT NULL AS "isReversed",
         reversed.kind AS "reversedKind", reversed.created_at AS "reversedAt",
         CASE
           WHEN reversal.id IS NOT NULL OR t.kind IN ('return', 'weight', 'amendment', 'transfer') THEN 0
           WHEN EXISTS (
             SELECT FROM counter_sales WHERE khata_transaction_id = t.reverses_id AND undone_at IS NOT NULL
           ) THEN 0
           WHEN t.kind = 'sale' AND indian_date(t.created_at) = indian_date(now()) THEN 0
           WHEN t.kind <> 'order' THEN amount_paise
           WHEN orders.state = 'delivered' THEN sum(amount_paise) OVER (PARTITION BY t.order_id)
           ELSE 0
         END::float8 AS "reversiblePaise"
       FROM khata_transactions AS t
       JOIN khata_entries AS entry ON entry.transaction_id = t.id AND entry.account = 'khata'
       LEFT JOIN orders ON orders.id = t.order_id
       LEFT JOIN khata_transactions AS reversal ON reversal.reverses_id = t.id
       LEFT JOIN khata_transactions AS reversed ON reversed.id = t.reverses_id
       WHERE t.khata_id = :khataId
     ) AS lines ${which}`,
    { khataId, ...bindings }
  )
  return rows
}
