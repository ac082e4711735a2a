import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import { Repeated } from '#jobs/repeated'
import { pushMessages } from '#metrics/metrics'
import {
  claimMessages,
  dropMessage,
  dropSubscription,
  retryMessage,
  type QueuedMessage,
} from '#push/push_queue'
import { pushRequest } from '#push/push_request'
import { postToPushService, type PushAnswer } from '#push/push_services'
import { inBackground } from '#replication/background'

const AT_A_TIME = 20
/** In seconds. */
const FIRST_PAUSE = 5
const LONGEST_PAUSE = 10 * 60

const isGone = ({ status }: PushAnswer) => status === 404 || status === 410
const isDelivered = ({ status }: PushAnswer) => status >= 200 && status < 300
const isForLater = ({ status }: PushAnswer) => status >= 500 || status === 429

/** Sends queued messages. Every server runs it; each message is claimed by one of them. */
export class PushSender {
  #repeated: Repeated

  constructor(
    private db: Database,
    private logger: Logger,
    every: number
  ) {
    this.#repeated = new Repeated((stopping) => this.#sendOrSay(stopping), every)
  }

  start() {
    this.#repeated.start()
  }

  stop() {
    return this.#repeated.stop()
  }

  /** Sends what is due, until nothing is. */
  async send(stopping?: AbortSignal) {
    let messages: QueuedMessage[]
    do {
      messages = await claimMessages(AT_A_TIME, this.#client)
      await Promise.all(messages.map((message) => this.#sendOne(message)))
    } while (messages.length === AT_A_TIME && !stopping?.aborted)
  }

  get #client() {
    return inBackground(this.db)
  }

  async #sendOne(message: QueuedMessage) {
    if (!message.isWanted) return this.#end('unwanted', message)
    const request = pushRequest(message)
    if (!request) return this.#forget(message)
    try {
      await this.#heed(message, await postToPushService(request))
    } catch (error) {
      await this.#retry(message, error)
    }
  }

  async #heed(message: QueuedMessage, answer: PushAnswer) {
    if (isDelivered(answer)) return this.#end('sent', message)
    if (isGone(answer)) return this.#forget(message)
    if (isForLater(answer)) return this.#retry(message, answer)
    this.#say(message, answer)
    await this.#end('refused', message)
  }

  async #retry(message: QueuedMessage, why: PushAnswer | unknown) {
    const asked = (why as Partial<PushAnswer>).retryAfter || 0
    const pause = Math.max(asked, FIRST_PAUSE * 2 ** (message.attempts - 1))
    this.#say(message, why)
    pushMessages.inc({ outcome: 'retried' })
    await retryMessage(message, Math.min(pause, LONGEST_PAUSE), this.#client)
  }

  async #end(outcome: 'sent' | 'refused' | 'unwanted', message: QueuedMessage) {
    pushMessages.inc({ outcome })
    await dropMessage(message, this.#client)
  }

  async #forget(message: QueuedMessage) {
    pushMessages.inc({ outcome: 'gone' })
    await dropSubscription(message, this.#client)
  }

  /** The path of an endpoint is a secret of its browser. */
  #say({ endpoint, attempts }: QueuedMessage, why: PushAnswer | unknown) {
    const reason = why instanceof Error ? { err: why } : { answer: why }
    const { host } = new URL(endpoint)
    this.logger.warn({ ...reason, host, attempts }, 'push message was not accepted')
  }

  #sendOrSay(stopping: AbortSignal) {
    return this.send(stopping).catch((error) => {
      this.logger.warn({ err: error }, 'push messages could not be sent')
    })
  }
}
