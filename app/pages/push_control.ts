import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { pushKey } from '#push/push_settings'
import { isSubscribed } from '#push/push_subscriptions'

/** What the switch for push messages shows; null while push is off. */
export async function pushControl(
  { session }: HttpContext,
  client: QueryClientContract = db.connection()
) {
  const key = pushKey()
  return key ? { key, isOn: await isSubscribed(session.sessionId, client) } : null
}
