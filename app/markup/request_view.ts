import app from '@adonisjs/core/services/app'
import edge from 'edge.js'
import type { HttpContext } from '@adonisjs/core/http'
import { addressOf } from '#markup/page_at'
import { Personal } from '#markup/personal'
import { speaking } from '#markup/rendering'
import { hasInlineStyles } from '#public_files/inline_styles'

type EdgeRenderer = ReturnType<typeof edge.createRenderer>

let first: EdgeRenderer | undefined

/** Edge looks for new components each time, which only development needs. */
function createRenderer() {
  first ??= edge.createRenderer()
  return app.inDev ? edge.createRenderer() : first.clone()
}

/** What the templates of a request know, put together when something is rendered: most answers are kept. */
export class RequestView {
  #shared: Record<string, unknown> = {}
  #renderer: EdgeRenderer | null = null

  constructor(private ctx: HttpContext) {}

  share(data: Record<string, unknown>) {
    this.#renderer?.share(data)
    Object.assign(this.#shared, data)
    return this
  }

  render(template: string, state?: Record<string, unknown>) {
    return this.#made().render(template, state)
  }

  #made() {
    return (this.#renderer ??= createRenderer().share({ ...this.#always(), ...this.#shared }))
  }

  #always() {
    const { auth, cart, i18n } = this.ctx
    return {
      ...speaking(i18n, new Personal(this.ctx).fill),
      path: addressOf(this.ctx),
      inline: hasInlineStyles(this.ctx),
      user: auth && (auth.user ?? null),
      cart,
      errors: {},
      values: {},
    }
  }
}
