import type { Database } from '@adonisjs/lucid/database'

export async function hasUsers(db: Database): Promise<boolean> {
  const { rows } = await db.rawQuery('SELECT EXISTS (SELECT FROM users) AS found')
  return rows[0].found
}

/** Whether no account exists, and demo data was never removed. */
export async function isUntouched(db: Database): Promise<boolean> {
  const { rows } = await db.rawQuery('SELECT EXISTS (SELECT FROM demo_removals) AS removed')
  return !rows[0].removed && !(await hasUsers(db))
}
