import app from '@adonisjs/core/services/app'
import { ChangeDispatcher } from '#change_feed/change_dispatcher'
import { ChangeFeed } from '#change_feed/change_feed'

/** Runs the application's change feed like a server; returns a function that stops it. */
export async function runChangeFeed() {
  const feed = await app.container.make(ChangeFeed)
  await feed.start(await app.container.make(ChangeDispatcher))
  return () => feed.stop()
}
