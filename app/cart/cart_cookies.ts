import { createHash, randomBytes } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'

const NAME = /^cart_[0-9a-f]{8}$/
const AGE = '30d'

/** More answers than a browser waits for at once. */
const MOST = 20

/** Session key that a guest's cart was moved from the session's data: the session id is a token of that cart. */
export const MOVED_KEY = 'cart'

export function digestOf(token: string) {
  return createHash('sha256').update(token).digest('hex')
}

/**
 * The tokens of the guest's carts in this browser. An answer that begins a cart sets a cookie with a name of its
 * own, so that of two first answers neither overwrites the other. A name is only cleared by a request that came with it.
 */
export class CartCookies {
  readonly names: string[]
  #tokens: Map<string, string>
  #moved: string | null

  constructor(private ctx: HttpContext) {
    const { request, session } = ctx
    this.names = Object.keys(request.cookiesList())
      .filter((name) => NAME.test(name))
      .sort()
    const tokens = this.names.slice(0, MOST).map((name) => [name, request.cookie(name)] as const)
    this.#tokens = new Map(tokens.filter(([, token]) => typeof token === 'string'))
    this.#moved = session.has(MOVED_KEY) ? digestOf(session.sessionId) : null
  }

  /** What the database knows of the tokens. */
  get digests() {
    const digests = [...this.#tokens.values()].map(digestOf)
    return this.#moved ? [...digests, this.#moved] : digests
  }

  /** Whether a cookie holds one of these tokens. */
  holds(digests: string[]) {
    return this.#nameOf(digests) !== undefined
  }

  /** Keeps one cookie with a valid token, the same in every answer, and clears the others of this request. */
  keep(digests: string[]) {
    const kept = this.#nameOf(digests)
    if (kept) this.#set(kept, this.#tokens.get(kept)!)
    this.clear(kept)
  }

  /** Begins a cart of this browser. */
  issue(token: string) {
    this.clear()
    this.#set(`cart_${randomBytes(4).toString('hex')}`, token)
  }

  clear(except?: string) {
    for (const name of this.names) {
      if (name !== except) this.ctx.response.clearCookie(name)
    }
  }

  #nameOf(digests: string[]) {
    return [...this.#tokens].find(([, token]) => digests.includes(digestOf(token)))?.[0]
  }

  #set(name: string, token: string) {
    this.ctx.response.cookie(name, token, { maxAge: AGE })
  }
}

export const newToken = () => randomBytes(24).toString('base64url')
