import app from '@adonisjs/core/services/app'
import { TokenAnnouncements } from '#caches/token_announcements'

/** Hears of changed tokens as a server does; returns how to stop it. */
export async function hearOfTokens() {
  const announcements = await app.container.make(TokenAnnouncements)
  await announcements.start()
  return () => announcements.stop()
}
