import { randomUUID } from 'node:crypto'
import edge from 'edge.js'
import type { HttpContext } from '@adonisjs/core/http'
import { mark, type Fill } from '#markup/holes'
import { speaking } from '#markup/rendering'

/** A message for the next page. */
export interface Flash {
  kind: 'success' | 'error'
  message: string
}

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** The message that this page shows. */
    message?: Flash | null
  }
}

/** What a page shows to one person only. */
export class Personal {
  #quantities: Map<string, number> | null = null

  constructor(private ctx: HttpContext) {}

  /** Whether nothing is known of the person. */
  get isNobody() {
    const { auth, cart, message } = this.ctx
    return !auth?.user && !message && !cart?.count
  }

  fill: Fill = (name, of = '') => {
    const { auth, cart, message } = this.ctx
    if (name === 'name') return edge.globals.html.escape(auth?.user?.fullName ?? '')
    if (name === 'form_key') return randomUUID()
    if (name === 'person') return auth?.user?.id ?? ''
    if (name === 'badge') return this.#piece('cart/badge', { count: cart?.count ?? 0 })
    if (name === 'message') return message ? this.#piece('notice', message) : ''
    const quantity = name === 'in_cart' ? this.#quantityOf(of) : undefined
    return quantity ? this.#piece('cart/quantity', { quantity }) : ''
  }

  #quantityOf(productId: string) {
    this.#quantities ??= new Map(
      this.ctx.cart?.items.map(({ productId: id, quantity }) => [id, quantity])
    )
    return this.#quantities.get(productId)
  }

  #piece(component: string, props: object) {
    return speaking(this.ctx.i18n, mark).piece(component, props)
  }
}
