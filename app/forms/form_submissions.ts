import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { FormReused } from '#forms/form_reused'

export interface Submission {
  /** The user, or the key when there is no user yet. */
  holder: string
  form: string
  /** UUID of one rendering of the form. */
  key: string
  /** Must be equal in a repeated submission. */
  content: object
}

/** Runs in the transaction that records the submission; the outcome is stored as JSON. */
export type Effect<Outcome extends object> = (client: TransactionClientContract) => Promise<Outcome>

/**
 * Runs the effect once per key and returns its stored outcome afterwards. The row is inserted first: a concurrent
 * submission waits at its unique index until the first commits, and takes over if it fails.
 *
 * @throws FormReused when the key was used with other content
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
