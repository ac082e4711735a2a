import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import { khataRefusal } from '#responses/khata_refusal'
import { shopsKhata, shopsKhatas } from '#pages/khata_pages'
import { khataLimitValidator } from '#validators/khata'

type LimitEdit = Edit<(typeof LIMIT_FIELDS)[number]>

/** A shop's khatas. */
export default class KhatasController {
  async index({ own, shop, view }: HttpContext) {
    const state = await own.read((client) => shopsKhatas(shop, client))
    return view.render('pages/owner/khatas/index', state)
  }

  async show({ own, params, shop, view }: HttpContext, edit: LimitEdit = new Edit(LIMIT_FIELDS)) {
    const state = await own.read(async (client) => {
      return shopsKhata(shop, await shop.findKhata(params.id, client), edit, client)
    })
    return view.render('pages/owner/khatas/show', state)
  }

  async update(ctx: HttpContext) {
    const { i18n, params, request, response, shop } = ctx
    const khata = await shop.findKhata(params.id)
    const edit: LimitEdit = new Edit(LIMIT_FIELDS, request.body(), [], LIMIT_FIELDS)
    ctx.whenInvalid(() => this.show(ctx, edit))
    const data = edit.over(limitTexts(khata))
    const { limit } = await request.validateUsing(khataLimitValidator, { data })
    const values = { limit: { limitPaise: limit } }
    const refusal = await khataRefusal(() =>
      khata.changeLimit((row) => edit.apply(row, limitTexts(row), values, i18n))
    )
    ctx.flash(i18n.t(refusal ?? 'khata.limit_saved'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
