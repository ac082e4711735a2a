import config from '@adonisjs/core/services/config'
import type push from '#config/push'
import { serverKeys } from '#push/server_keys'

export const pushSettings = () => config.get<typeof push>('push')

/** Whether there are messages: push services demand a contact. */
export const isPushOn = () => pushSettings().contact !== null

/** The key pair that a browser subscribed with; undefined of a key that this server does not have. */
export const keysOf = (publicKey: string) =>
  pushSettings()
    .secrets.map(serverKeys)
    .find((keys) => keys.publicKey === publicKey)

/** The key that browsers subscribe with; null while push is off. */
export function pushKey(): string | null {
  return isPushOn() ? serverKeys(pushSettings().secrets[0]).publicKey : null
}
