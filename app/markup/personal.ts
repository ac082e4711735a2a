import { randomUUID } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'
import { bdi } from '#locale/isolated'
import { mark, type Fill } from '#markup/holes'
import { speaking } from '#markup/rendering'

/** A message for the next page. */
export interface Flash {
  kind: 'success' | 'error'
  message: string
}

/** Of the page's shop: its cart, as `cart/bar` shows it, its delivery to the place, and what the person bought there. */
export interface PersonalParts {
  bar?: object | null
  delivery?: object | null
  bought?: object | null
}

/** What a page shows to one person only. */
export class Personal {
  #inCarts: Map<string, string> | null = null
  #none: string | null = null
  #notSeen: string | null = null

  constructor(
    private ctx: HttpContext,
    private parts: PersonalParts = {}
  ) {}

  /** Whether nothing is known of the person. */
  get isNobody() {
    const { auth, cart, message, place } = this.ctx
    return !auth?.user && !message && !cart?.count && !place
  }

  fill: Fill = (name, of = '') => {
    const { auth, cart, message } = this.ctx
    if (name === 'name') return bdi(auth?.user?.fullName).value
    if (name === 'form_key') return randomUUID()
    if (name === 'person') return auth?.user?.id ?? ''
    if (name === 'badge') return this.#piece('cart/badge', { count: cart?.count ?? 0 })
    if (name === 'waiting') return this.#piece('owner/waiting', { count: this.ctx.waiting })
    if (name === 'message') return message ? this.#piece('notice', message) : ''
    if (name === 'bar') return this.#piece('cart/bar', this.parts.bar ?? { count: 0 })
    if (name === 'delivery') return this.#piece('delivery_facts', { delivery: this.parts.delivery })
    if (name === 'bought')
      return this.parts.bought ? this.#piece('bought_before', { ...this.parts.bought, of }) : ''
    if (name === 'place') return this.#piece('place/link', { pin: this.ctx.place?.pin })
    if (name === 'seen') return this.#seen(of)
    return name === 'in_cart' ? this.#inCart(of) : ''
  }

  /** Most products are not in the cart. */
  #inCart(productId: string) {
    this.#none ??= this.#piece('cart/quantity', { quantity: 0 })
    this.#inCarts ??= new Map(
      this.ctx.cart?.items.map((item) => {
        const { productId: id, quantity, measure, soldAs, name, nameHi } = item
        const product = { id, measure, soldAs, name, nameHi }
        return [id, this.#piece('cart/quantity', { quantity, product })]
      })
    )
    return this.#inCarts.get(productId) ?? this.#none
  }

  /** What an old page says it has seen. */
  #seen(productId: string) {
    const quantity = this.ctx.cart?.find(productId)?.quantity
    if (quantity) return this.#piece('cart/seen', { quantity })
    return (this.#notSeen ??= this.#piece('cart/seen', { quantity: 0 }))
  }

  #piece(component: string, props: object) {
    return speaking(this.ctx.i18n, mark).piece(component, props)
  }
}
