import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type KhataTransaction from '#models/khata_transaction'
import type { KhataEntry } from '#models/khata_transaction'

const STATEMENT_LINES = 200

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
  /** Amount that a reversal would take off; 0 when nothing is left, or the order itself can still be changed. */
  reversiblePaise: number
}

/** The lines of a khata, newest first, with the balance after each. */
export async function statementOf(
  khataId: string,
  client?: TransactionClientContract
): Promise<StatementLine[]> {
  return linesOf(khataId, `ORDER BY id DESC LIMIT ${STATEMENT_LINES}`, client ?? db)
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
  client: Pick<TransactionClientContract, 'rawQuery'>,
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
           WHEN reversal.id IS NOT NULL OR t.kind IN ('return', 'weight', 'transfer') THEN 0
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
