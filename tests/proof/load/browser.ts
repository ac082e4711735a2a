import type { Answer } from '#bench/load/connection'
import { FROM_OUR_PAGES, keepCookies } from '#tests/helpers/visitor'
import type { Form, ShopPages } from '../history/pages.js'
import { cookiesOf, type Balancer } from './balancer.js'

/** The headers of a session, and the cookies that it keeps. */
export class Browser {
  readonly cookies = new Map<string, string>()
  #requests = new Map<string, Buffer>()

  constructor(
    private balancer: Balancer,
    private headers: Record<string, string>
  ) {}

  /** With the cookies. */
  get all() {
    if (this.cookies.size === 0) return this.headers
    const cookie = [...this.cookies].map((pair) => pair.join('=')).join('; ')
    return { ...this.headers, cookie }
  }

  /** Bytes of a GET, kept until a cookie changes. */
  get(server: number, path: string) {
    const key = `${server}${path}`
    let request = this.#requests.get(key)
    if (!request) {
      request = this.balancer.bytes(server, { path, headers: this.all })
      this.#requests.set(key, request)
    }
    return request
  }

  /** The cookies of an answer. */
  keep(answer: Answer) {
    const lines = cookiesOf(answer)
    if (lines.length === 0) return
    keepCookies(this.cookies, lines)
    this.#requests.clear()
  }

  /** All cookies. */
  forget() {
    if (this.cookies.size > 0) this.#requests.clear()
    this.cookies.clear()
  }
}

export const HEADERS: Record<Form, Record<string, string>> = {
  json: { 'accept-encoding': 'gzip' },
  html: { 'accept-encoding': 'gzip', 'accept-language': 'en', 'sec-fetch-site': 'same-origin' },
}

export function pathOf(form: Form, { id }: ShopPages) {
  return form === 'json' ? `/api/shops/${id}/products/` : `/shops/${id}`
}

/** Of requests with a body. */
export const JSON_BODY = { 'content-type': 'application/json' }
export const FORM_BODY = { 'content-type': 'application/x-www-form-urlencoded', ...FROM_OUR_PAGES }
