import db from '@adonisjs/lucid/services/db'
import limiter from '@adonisjs/limiter/services/main'

/** An empty marketplace. */
export async function emptyDatabase() {
  await db.rawQuery('TRUNCATE users, shops, products, sessions, demo_removals CASCADE')
  await limiter.clear()
}
