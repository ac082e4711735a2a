import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { bdi } from '#locale/isolated'
import { isLoose } from '#measures/goods'
import { mark, type Fill } from '#markup/holes'
import { speaking } from '#markup/rendering'

/** A message for the next page. */
export interface Flash {
  kind: 'success' | 'error'
  message: string
}

/** What a page shows to one person only. */
export class Personal {
  #inCarts: Map<string, string> | null = null
  #none: string | null = null

  constructor(private ctx: HttpContext) {}

  /** Whether nothing is known of the person. */
  get isNobody() {
    const { auth, cart, message } = this.ctx
    return !auth?.user && !message && !cart?.count
  }

  fill: Fill = (name, of = '') => {
    const { auth, cart, message } = this.ctx
    if (name === 'name') return bdi(auth?.user?.fullName).value
    if (name === 'form_key') return randomUUID()
    if (name === 'person') return auth?.user?.id ?? ''
    if (name === 'badge') return this.#piece('cart/badge', { count: cart?.count ?? 0 })
    if (name === 'message') return message ? this.#piece('notice', message) : ''
    return name === 'in_cart' ? this.#inCart(of) : ''
  }

  /** Most products are not in the cart. */
  #inCart(productId: string) {
    this.#none ??= this.#piece('cart/quantity', { quantity: 0 })
    this.#inCarts ??= new Map(
      this.ctx.cart?.items.map((item) => {
        const { productId: id, quantity, measure, soldAs, name, nameHi } = item
        const loose = isLoose(item) ? { id, measure, soldAs, name, nameHi } : undefined
        return [id, this.#piece('cart/quantity', { quantity, loose })]
      })
    )
    return this.#inCarts.get(productId) ?? this.#none
  }

  #piece(component: string, props: object) {
    return speaking(this.ctx.i18n, mark).piece(component, props)
  }
}
