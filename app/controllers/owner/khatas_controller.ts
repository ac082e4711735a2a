import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { Edit } from '#edits/edit'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import { once } from '#forms/once'
import Khata from '#models/khata'
import { khataRefusal } from '#responses/khata_refusal'
import { shopsKhata, shopsKhatas } from '#pages/khata_pages'
import { khataLimitValidator, namedKhataValidator } from '#validators/khata'

type LimitEdit = Edit<(typeof LIMIT_FIELDS)[number]>

function refusedAt(field: string, message: string) {
  return new errors.E_VALIDATION_ERROR([{ field, rule: 'refused', message }])
}

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

  /** Opens a khata by name, for a customer without an account. */
  async store(ctx: HttpContext) {
    const { i18n, request, response, shop, view } = ctx
    ctx.whenInvalid(async () => view.render('pages/owner/khatas/index', await shopsKhatas(shop)))
    const {
      customer_name: name,
      mobile,
      named_limit: limitPaise,
    } = await request.validateUsing(namedKhataValidator)
    const who = { name, mobile, limitPaise }
    let id: string | null = null
    const refusal = await khataRefusal(async () => {
      const opened = await once(ctx, who, async (client) => {
        return { id: (await Khata.openByName(shop, who, client)).id }
      })
      id = opened.id
    })
    if (refusal === 'khata.refused.mobile_taken') throw refusedAt('mobile', i18n.t(refusal))
    ctx.flash(i18n.t(refusal ?? 'khata.opened'), refusal ? 'error' : 'success')
    const back = response.redirect().status(303)
    if (id) return back.toRoute('owner.khatas.show', [shop.id, id])
    back.toRoute('owner.khatas.index', [shop.id])
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
      khata.changeLimit((row) => edit.apply(row, limitTexts, values, i18n))
    )
    ctx.flash(i18n.t(refusal ?? 'khata.limit_saved'), refusal ? 'error' : 'success')
    response.redirect().status(303).toRoute('owner.khatas.show', [shop.id, khata.id])
  }
}
