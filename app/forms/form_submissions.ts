import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { FormReused } from '#forms/form_reused'

export interface Submission {
  /** The person who sends it, or the key where there is none yet. */
  holder: string
  form: string
  /** A uuid that this rendering of the form alone has. */
  key: string
  /** What must be the same when it is sent again. */
  content: object
}

/** Does something in the transaction that remembers it; the outcome is kept as JSON. */
export type Effect<Outcome extends object> = (client: TransactionClientContract) => Promise<Outcome>

/**
 * Has the effect once for the submission's key, and says each time what came of it. The row is written first: who
 * comes second waits at its unique index until the first has committed, or takes over when that one failed.
 *
 * @throws FormReused when the key came with other content before
 */
export function doOnce<Outcome extends object>(
  { holder, form, key, content }: Submission,
  effect: Effect<Outcome>
): Promise<Outcome> {
  const row = { holder, form, key }
  const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex')
  return db.transaction(async (client) => {
    const { rows: claimed } = await client.rawQuery(
      `INSERT INTO form_submissions (holder, form, key, digest)
       VALUES (:holder, :form, :key, :digest) ON CONFLICT DO NOTHING RETURNING 1`,
      { ...row, digest }
    )
    const own = client.from('form_submissions').where(row)
    if (claimed.length === 0) {
      const first = await own.first()
      if (first?.digest !== digest) throw new FormReused()
      return first.outcome
    }
    const outcome = await effect(client)
    await own.update({ outcome: JSON.stringify(outcome) })
    return outcome
  })
}
