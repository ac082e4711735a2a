import vine from '@vinejs/vine'
import { isPushService, sameAddress } from '#push/push_services'
import { keysOf } from '#push/push_settings'
import { isPoint } from '#push/server_keys'

const pushService = vine.createRule((endpoint, _, field) => {
  if (isPushService(endpoint as string)) return field.mutate(sameAddress(endpoint as string), field)
  field.report('The {{ field }} field must be the address of a push service', 'push_service', field)
})

const point = vine.createRule((key, _, field) => {
  if (isPoint(key as string)) return
  field.report('The {{ field }} field must be a point of the curve P-256', 'point', field)
})

const ownKey = vine.createRule((key, _, field) => {
  if (keysOf(key as string)) return
  field.report('The {{ field }} field must be a key of this server', 'own_key', field)
})

/** Keys in base64url without padding: a point of P-256, and 16 bytes. `renewal` when the browser changed it by itself. */
export const pushSubscriptionValidator = vine.create({
  endpoint: vine.string().use(pushService()).maxLength(2_000),
  p256dh: vine.string().use(point()),
  auth: vine.string().regex(/^[\w-]{22}$/),
  server_key: vine.string().use(ownKey()),
  renewal: vine.boolean().optional(),
})
