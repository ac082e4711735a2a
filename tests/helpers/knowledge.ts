import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { Knowledge } from '#knowledge/knowledge'
import { Announcements } from '#replication/announcements'
import { Passed } from '#replication/passed'

const connectionString = () =>
  app.config.get<string>('database.connections.primary.connection.connectionString')

/** What another process knows, over a connection of its own. */
export async function anotherProcess() {
  const passed = new Passed(true, 5_000)
  const knowledge = new Knowledge(logger, connectionString(), passed)
  const announcements = new Announcements([knowledge], logger, connectionString())
  await announcements.start()
  return { knowledge, passed, announcements, stop: () => announcements.stop() }
}

/** A process that only changes rows, such as a command. */
export const aCommand = () => new Knowledge(logger, connectionString(), new Passed(true, 5_000))
