import vine from '@vinejs/vine'
import { isPushService } from '#push/push_services'

const pushService = vine.createRule((endpoint, _, field) => {
  if (!isPushService(endpoint as string)) {
    field.report(
      'The {{ field }} field must be the address of a push service',
      'push_service',
      field
    )
  }
})

/** Base64url without padding: a point of P-256, and 16 bytes. */
export const pushSubscriptionValidator = vine.create({
  endpoint: vine.string().maxLength(2_000).use(pushService()),
  p256dh: vine.string().regex(/^[\w-]{87}$/),
  auth: vine.string().regex(/^[\w-]{22}$/),
  server_key: vine.string().regex(/^[\w-]{87}$/),
})
