import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'

/** A form that was sent after its session had ended. */
export interface KeptForm {
  /** Address, with its query. */
  target: string
  /** Name of the route. */
  action: string
  fields: { name: string; value: string }[]
}

export const KEPT_FOR = `interval '1 hour'`

/** Per person; the oldest go. */
const MOST = 10
/** Characters of all fields; a list of products is better sent again. */
const LONGEST = 20_000

const OWN = `id = :id AND user_id = :userId AND created_at > now() - ${KEPT_FOR}`

const purposeOf = (userId: string) => `kept form of ${userId}`

/** Keeps the form for this user alone and returns its id; null when it is too long, or there is no such user. */
export async function keepForm(userId: string, form: KeptForm): Promise<string | null> {
  if (JSON.stringify(form).length > LONGEST) return null
  const text = encryption.encrypt(form, { expiresIn: '1 hour', purpose: purposeOf(userId) })
  const { rows } = await db.rawQuery(
    `WITH newest AS (SELECT id FROM kept_forms WHERE user_id = :userId ORDER BY id DESC LIMIT :most),
       old AS (DELETE FROM kept_forms WHERE user_id = :userId AND id NOT IN (SELECT id FROM newest))
     INSERT INTO kept_forms (user_id, form) SELECT id, :text FROM users WHERE id = :userId
     RETURNING id`,
    { userId, text, most: MOST - 1 }
  )
  return rows[0]?.id ?? null
}

export async function keptForm(userId: string, id: string) {
  const { rows } = await db.rawQuery(`SELECT form FROM kept_forms WHERE ${OWN}`, { id, userId })
  return open(userId, rows)
}

/** Once: a second tap finds nothing. */
export async function takeKeptForm(userId: string, id: string) {
  const { rows } = await db.rawQuery(`DELETE FROM kept_forms WHERE ${OWN} RETURNING form`, {
    id,
    userId,
  })
  return open(userId, rows)
}

function open(userId: string, [row]: { form: string }[]) {
  return row ? encryption.decrypt<KeptForm>(row.form, purposeOf(userId)) : null
}
