import { createECDH, randomBytes, type ECDH } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import config from '@adonisjs/core/services/config'
import { pushKey } from '#push/push_settings'
import type { Visitor } from '#tests/helpers/visitor'

/** Comes with `web-push`. */
const encryption = createRequire(import.meta.url)('http_ece')

const ORIGINS = 'push.uncheckedOrigins'

interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

/** A browser that subscribed at a push service. */
export class PushedBrowser {
  #keys: ECDH = createECDH('prime256v1')
  #auth = randomBytes(16)
  #name: string

  constructor(private service: PushService) {
    this.#keys.generateKeys()
    this.#name = randomBytes(12).toString('base64url')
  }

  get endpoint() {
    return `${this.service.origin}/wake/${this.#name}`
  }

  get key() {
    return this.#keys.getPublicKey('base64url')
  }

  /** What the page sends. */
  get fields() {
    return new URLSearchParams({
      endpoint: this.endpoint,
      p256dh: this.key,
      auth: this.#auth.toString('base64url'),
      server_key: pushKey()!,
    })
  }

  subscribe(visitor: Visitor) {
    return visitor.request('PUT', '/account/push-subscription', this.fields)
  }

  get received() {
    return this.service.received.filter(({ path }) => this.endpoint.endsWith(path))
  }

  /** What the browser hands to the service worker. */
  get messages(): Record<string, string>[] {
    return this.received.map(({ body }) => {
      const settings = { version: 'aes128gcm', privateKey: this.#keys, authSecret: this.#auth }
      return JSON.parse(encryption.decrypt(body, settings).toString())
    })
  }
}

/** Accepts messages over plain http, as no push service does. */
export class PushService {
  readonly received: Received[] = []
  /** For the next messages; then 201. */
  readonly answers: ((response: ServerResponse) => void)[] = []
  #server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { url: path = '', headers } = request
    this.received.push({ path, headers, body: Buffer.concat(parts) })
    const answer = this.answers.shift()
    if (answer) answer(response)
    else response.writeHead(201).end()
  })

  get origin() {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** @returns what stops it */
  async start() {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done))
    config.set(ORIGINS, [this.origin])
    return () => {
      config.set(ORIGINS, [])
      this.#server.closeAllConnections()
      this.#server.close()
    }
  }

  answerWith(status: number, headers: Record<string, string> = {}) {
    this.answers.push((response) => response.writeHead(status, headers).end())
  }
}
