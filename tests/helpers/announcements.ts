import app from '@adonisjs/core/services/app'
import { Announcements } from '#services/announcements'

/** Hears of revoked tokens and ended sessions as a server does; returns how to stop it. */
export async function hearAnnouncements() {
  const announcements = await app.container.make(Announcements)
  await announcements.start()
  return () => announcements.stop()
}
