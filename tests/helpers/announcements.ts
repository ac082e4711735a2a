import app from '@adonisjs/core/services/app'
import { Announcements } from '#replication/announcements'

/** Listens for revoked tokens and ended sessions like a server; returns a function that stops it. */
export async function hearAnnouncements() {
  const announcements = await app.container.make(Announcements)
  await announcements.start()
  return () => announcements.stop()
}
