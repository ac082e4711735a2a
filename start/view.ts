import { createHash, randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import edge from 'edge.js'
import { HttpContext } from '@adonisjs/core/http'
import { whatsappLink } from '#pages/whatsapp_link'

declare module '@adonisjs/core/http' {
  export interface HttpContext {
    /** True when htmx asks for a part of the page. */
    readonly isFragment: boolean
    /**
     * Renders the page, or under htmx only the partial that the page is made around.
     */
    page(template: string, partial: string, state?: Record<string, unknown>): Promise<string>
    /** Renders this again, with the errors and what was typed, when the request turns out to be invalid. */
    whenInvalid(render: () => Promise<unknown>): void
    renderInvalid?: () => Promise<unknown>
  }
}

HttpContext.getter('isFragment', function (this: HttpContext) {
  return this.request.header('hx-request-type') === 'partial'
})

HttpContext.macro('page', function (this: HttpContext, template, partial, state = {}) {
  this.response.vary('HX-Request-Type')
  return this.isFragment
    ? this.view.render(partial, { ...state, fragment: true })
    : this.view.render(template, { ...state, fragment: false })
})

HttpContext.macro('whenInvalid', function (this: HttpContext, render) {
  this.renderInvalid = render
})

const hashes = new Map<string, string>()

/** The URL of a public file, which changes with its content. */
function asset(file: string) {
  let hash = hashes.get(file)
  if (!hash) {
    hash = createHash('sha256')
      .update(readFileSync(app.publicPath(file)))
      .digest('hex')
      .slice(0, 10)
    if (app.inProduction) hashes.set(file, hash)
  }
  return `/${file}?v=${hash}`
}

edge.global('asset', asset)
edge.global('whatsappLink', whatsappLink)
edge.global('newKey', randomUUID)

/** Edge reads the folder of components again for every page, in production too, where it cannot change. */
if (app.inProduction) {
  const list = edge.loader.listComponents.bind(edge.loader)
  let components: ReturnType<typeof list> | undefined
  edge.loader.listComponents = () => (components ??= list())
}
