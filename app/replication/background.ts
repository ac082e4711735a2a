import type { Database } from '@adonisjs/lucid/database'

/** Connections to the primary for work that no request waits for; their application name tells it apart in logs. */
export function inBackground(db: Database) {
  return db.connection('background')
}
