import type { HttpContext } from '@adonisjs/core/http'

/** What the service worker shows without network, and the words in which it speaks. */
export default class OfflineController {
  show(ctx: HttpContext) {
    return ctx.keptPage('pages/offline', null, { from: [], state: () => ({}) })
  }
}
