import type { HttpContext } from '@adonisjs/core/http'
import { FIELDS, missingDetails, productsLacking } from '#models/missing_details'
import { lenient } from '#validators/lenient'
import { toDoValidator } from '#validators/to_do'

/** What a shop still has to state for a legal offer. */
export default class ToDosController {
  async show(ctx: HttpContext) {
    const { auth, own, request, shop } = ctx
    const { missing, after = null } = await lenient(toDoValidator, request.qs())
    const toDo = await own.keep(`to do ${shop.id}`, (client) => missingDetails(shop.id, client))
    const detail = missing ?? toDo.counts.find(({ count }) => count > 0)?.detail ?? 'mrp'
    const page = await own.keep(`lacking ${detail} ${shop.id} ${after}`, (client) =>
      productsLacking(detail, shop.id, after, client)
    )
    return ctx.keptPage('pages/owner/to_dos/show', 'partials/owner/to_dos/list', {
      whose: auth.user!.id,
      from: [shop.name, toDo, page],
      asked: { detail, after },
      state: () => ({ shop: shop.summary, ...toDo, detail, field: FIELDS[detail], ...page }),
    })
  }
}
