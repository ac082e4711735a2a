import { setTimeout as delay } from 'node:timers/promises'
import { DEMO_PASSWORD } from '#database/demo/options'

const DEADLINE_MS = 10_000
const PAUSE_MS = 250

interface Answer {
  status: number
  body: any
}

/** An account at an application that is reached by its address alone. */
export class RemoteAccount {
  private constructor(
    readonly origin: string,
    readonly username: string,
    private token: string
  ) {}

  /** @throws Error when the login is refused */
  static async logIn(origin: string, username: string) {
    const body = new URLSearchParams({ username, password: DEMO_PASSWORD })
    const response = await fetch(new URL('/api/token', origin), { method: 'POST', body })
    if (!response.ok) throw new Error(`${username} cannot log in: ${response.status}`)
    const { access_token: token } = (await response.json()) as { access_token: string }
    return new RemoteAccount(origin, username, token)
  }

  /** The same account, whose token stays good, at another address. */
  at(origin: string) {
    return new RemoteAccount(origin, this.username, this.token)
  }

  async request(method: string, path: string, json?: unknown, key?: string): Promise<Answer> {
    const response = await fetch(new URL(path, this.origin), {
      method,
      body: json === undefined ? undefined : JSON.stringify(json),
      signal: AbortSignal.timeout(DEADLINE_MS),
      headers: {
        'authorization': `Bearer ${this.token}`,
        'content-type': 'application/json',
        ...(key ? { 'idempotency-key': key } : {}),
      },
    })
    const text = await response.text()
    return { status: response.status, body: text && JSON.parse(text) }
  }

  /** The answer to a request that must succeed. @throws Error */
  async ask(method: string, path: string, json?: unknown, key?: string) {
    const { status, body } = await this.request(method, path, json, key)
    if (status === 200 || status === 201) return body
    throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
  }
}

/** One order of a run, by the key with which it was sent. */
interface SentOrder {
  customer: RemoteAccount
  shop: string
  json: object
  key: string
  /** Set when the application has confirmed it. */
  id: string | null
}

/** Customers who place one order after the other at several shops, until they are stopped. */
export class OrderRush {
  readonly sent: SentOrder[] = []
  #isOver = false
  #customers: Promise<void>[]

  /** @param each orders of a customer at a shop */
  constructor(
    customers: RemoteAccount[],
    goods: { shop: string; product: string }[],
    each: number
  ) {
    this.#customers = customers.map(async (customer, which) => {
      for (let round = 0; round < each && !this.#isOver; round++) {
        for (const { shop, product } of goods) {
          if (this.#isOver) return
          const json = { shop_id: shop, items: [{ product_id: product, quantity: 1 }] }
          const order = { customer, shop, json, key: `rush-${which}-${round}-${shop}`, id: null }
          this.sent.push(order)
          await send(order).catch(() => {})
          await delay(PAUSE_MS)
        }
      }
    })
  }

  get confirmed() {
    return this.sent.filter(({ id }) => id !== null)
  }

  get unanswered() {
    return this.sent.filter(({ id }) => id === null)
  }

  /** Resolves when nothing is on its way any more. */
  async end() {
    this.#isOver = true
    await Promise.all(this.#customers)
  }
}

/** Sends an order with its key; again, it is the same order. @throws Error when it is not confirmed */
export async function send(order: SentOrder, origin = order.customer.origin) {
  const { customer, json, key } = order
  const { id } = await customer.at(origin).ask('POST', '/api/orders', json, key)
  order.id = id
  return id as string
}
