import { createHash } from 'node:crypto'
import router from '@adonisjs/core/services/router'
import i18nManager from '@adonisjs/i18n/services/main'
import webPush from 'web-push'
import type { QueuedMessage } from '#push/push_queue'
import type { PushRequest } from '#push/push_services'
import { keysOf, pushSettings } from '#push/push_settings'

/** Longest topic that RFC 8030 allows. */
const TOPIC_LENGTH = 32

/** Later messages of a shop replace earlier ones. Says nothing to the push service, which reads it. */
const topicOf = ({ subscriptionId, shopId }: QueuedMessage) =>
  createHash('sha256')
    .update(`${subscriptionId} ${shopId}`)
    .digest('base64url')
    .slice(0, TOPIC_LENGTH)

/**
 * The message, encrypted for its browser and signed by the key that it subscribed with. It says that there is an
 * order, and nothing about it.
 *
 * @returns null when nothing can reach the browser: a key that this server no longer has, or one that is none
 */
export function pushRequest(message: QueuedMessage): PushRequest | null {
  const { contact } = pushSettings()
  const { endpoint, p256dh, auth, locale, serverKey, ttl } = message
  const keys = keysOf(serverKey)
  if (!keys || !contact) return null
  const topic = topicOf(message)
  const content = {
    title: i18nManager.locale(locale).t('push.new_order'),
    lang: locale,
    tag: topic,
    url: router.builder().make('owner.orders.index'),
  }
  try {
    const { headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify(content),
      { vapidDetails: { subject: contact, ...keys }, TTL: ttl, urgency: 'high', topic }
    )
    return { endpoint, headers, body }
  } catch {
    return null
  }
}
