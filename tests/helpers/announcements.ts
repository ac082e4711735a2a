import app from '@adonisjs/core/services/app'
import { Knowledge } from '#knowledge/knowledge'
import { Announcements } from '#replication/announcements'

/** Listens for what other processes change, like a server; returns a function that stops it. */
export async function hearAnnouncements() {
  const announcements = await app.container.make(Announcements)
  await announcements.start()
  return () => announcements.stop()
}

/** Waits until the server in this process has heard of what the test wrote without it. */
export async function announced() {
  const knowledge = await app.container.make(Knowledge)
  await knowledge.settle()
}
