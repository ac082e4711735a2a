import type { HttpContext } from '@adonisjs/core/http'
import { subscribe, unsubscribe } from '#push/push_subscriptions'
import { pushSubscriptionValidator } from '#validators/push_subscription'

/** Whether this browser is told about new orders while no page is open. */
export default class PushSubscriptionsController {
  async update({ i18n, request, response, session }: HttpContext) {
    const { server_key: serverKey, ...keys } =
      await request.validateUsing(pushSubscriptionValidator)
    await subscribe(session.sessionId, { ...keys, serverKey, locale: i18n.locale })
    response.noContent()
  }

  async destroy({ response, session }: HttpContext) {
    await unsubscribe(session.sessionId)
    response.noContent()
  }
}
