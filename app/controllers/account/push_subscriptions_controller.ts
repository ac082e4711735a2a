import { errors, type HttpContext } from '@adonisjs/core/http'
import { isPushOn } from '#push/push_settings'
import { subscribe, unsubscribe } from '#push/push_subscriptions'
import { pushSubscriptionValidator } from '#validators/push_subscription'

/** Whether this browser is told about new orders while no page is open. */
export default class PushSubscriptionsController {
  async update({ i18n, request, response, session }: HttpContext) {
    if (!isPushOn()) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    const {
      server_key: serverKey,
      renewal,
      ...keys
    } = await request.validateUsing(pushSubscriptionValidator)
    const subscription = { ...keys, serverKey, locale: i18n.locale }
    await subscribe(session.sessionId, subscription, { isRenewal: renewal })
    response.noContent()
  }

  async destroy({ response, session }: HttpContext) {
    await unsubscribe(session.sessionId)
    response.noContent()
  }
}
