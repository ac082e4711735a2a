import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import db from '@adonisjs/lucid/services/db'
import { Knowledge } from '#knowledge/knowledge'
import type { Replicas } from '#knowledge/known_rows'
import { Announcements } from '#replication/announcements'
import { Passed } from '#replication/passed'

const connectionString = () =>
  app.config.get<string>('database.connections.primary.connection.connectionString')

/** What another process knows, over a connection of its own. */
export async function anotherProcess(replicas: Replicas | null = null) {
  const passed = new Passed(true, 5_000)
  const knowledge = new Knowledge(logger, connectionString(), passed, replicas)
  const announcements = new Announcements([knowledge], logger, connectionString())
  await announcements.start()
  return { knowledge, passed, announcements, stop: () => announcements.stop() }
}

/** A process that only changes rows, such as a command. */
export const aCommand = () => new Knowledge(logger, connectionString(), new Passed(true, 5_000))

/** A process in the list of those that use copies, which does not answer. Returns its id. */
export async function stoppedProcess(confirmed = '0 s') {
  const id = '00000000-0000-7000-8000-000000000001'
  await db.rawQuery(
    `INSERT INTO listeners (id, confirmed_at) VALUES (?, clock_timestamp() - ?::interval)
     ON CONFLICT (id) DO UPDATE SET confirmed_at = excluded.confirmed_at`,
    [id, confirmed]
  )
  return id
}

/** The process ends and says so. */
export async function leaves(id: string) {
  await db.rawQuery(
    `WITH gone AS (DELETE FROM listeners WHERE id = :id)
     SELECT pg_notify('fences', 'left ' || :id)`,
    { id }
  )
}
