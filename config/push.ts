import env from '#start/env'
import { appUrl } from '#config/app'

const hasWorker = env.get('SERVICE_WORKER', true)
const ownSite = appUrl.startsWith('https:') ? appUrl : null

export default {
  /** Whom push services can ask about this server, as `mailto:` or `https:`; null turns push off. */
  contact: hasWorker ? (env.get('PUSH_CONTACT') ?? ownSite) : null,

  /** Where the key pairs come from; the first is used for new subscriptions. */
  secrets: [env.get('APP_KEY').release(), ...(env.get('EARLIER_APP_KEYS') || '').split(',')].filter(
    Boolean
  ),

  /** The push services of Chrome and Edge, Firefox, Safari, and Windows; with a dot, also the hosts below. */
  hosts: [
    'fcm.googleapis.com',
    '.push.services.mozilla.com',
    '.push.apple.com',
    '.notify.windows.com',
  ],

  /** Origins that are called without these checks. Only a test's own push service belongs here: no variable sets it. */
  uncheckedOrigins: [] as string[],

  /** How often a server looks for messages, and how long a push service may take, in milliseconds. */
  every: 2_000,
  patience: 10_000,

  /** How long a message is worth sending, in seconds. */
  ttl: 60 * 60,
}
