import config from '@adonisjs/core/services/config'
import type push from '#config/push'
import { serverKeys } from '#push/server_keys'

export const pushSettings = () => config.get<typeof push>('push')

/** The key that browsers subscribe with; null while push is off. */
export function pushKey(): string | null {
  const { contact, secrets } = pushSettings()
  return contact ? serverKeys(secrets[0]).publicKey : null
}
