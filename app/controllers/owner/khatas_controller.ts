import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { once } from '#forms/once'
import { Edit } from '#edits/edit'
import { locked } from '#edits/locked'
import { LIMIT_FIELDS, limitTexts } from '#edits/texts'
import Khata from '#models/khata'
import User from '#models/user'
import { khataLimitValidator, khataValidator } from '#validators/khata'

/** The credit that a shop gives its customers. */
export default class KhatasController {
  async index(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    const all = Khata.query().where('shop_id', shop.id).preload('customer').orderBy('id')
    const khatas = await Khata.withBalances(all)
    return ctx.view.render('pages/owner/khatas/index', { shop: shop.summary, khatas })
  }

  async store(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    ctx.whenInvalid(() => this.index(ctx))
    const { username, limit } = await ctx.request.validateUsing(khataValidator)
    const customer = await User.findBy({ username })
    if (!customer) {
      const message = ctx.i18n.t('khata.nobody', { username })
      throw new errors.E_VALIDATION_ERROR([{ field: 'username', rule: 'exists', message }])
    }
    const { id } = await once(ctx, { username, limit }, async (client) => {
      const parties = { shopId: shop.id, customerId: customer.id }
      const khata = await Khata.updateOrCreate(parties, { limitPaise: limit }, { client })
      return { id: khata.id }
    })
    return this.#answer(ctx, shop.id, id, 'khata.opened')
  }

  async show(ctx: HttpContext, edit = limitEdit(ctx)) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    const khata = await shop.findKhata(ctx.params.id)
    await khata.load('customer')
    const lines = await khata.statement()
    return ctx.view.render('pages/owner/khatas/show', {
      shop: shop.summary,
      khata,
      lines,
      limit: edit.state(limitTexts(khata)),
    })
  }

  async update(ctx: HttpContext) {
    const shop = await ctx.auth.user!.findShop(ctx.params.shop_id)
    const khata = await shop.findKhata(ctx.params.id)
    const edit = limitEdit(ctx)
    ctx.whenInvalid(() => this.show(ctx, edit))
    const data = edit.over(limitTexts(khata))
    const { limit } = await ctx.request.validateUsing(khataLimitValidator, { data })
    const values = { limit: { limitPaise: limit } }
    await locked(Khata, khata.id, (row) => edit.apply(row, limitTexts(row), values, ctx.i18n))
    return this.#answer(ctx, shop.id, khata.id, 'khata.limit_saved')
  }

  #answer({ flash, i18n, response }: HttpContext, shopId: string, id: string, message: string) {
    flash(i18n.t(message))
    response.redirect().status(303).toRoute('owner.khatas.show', { shop_id: shopId, id })
  }
}

function limitEdit({ request }: HttpContext) {
  return new Edit(LIMIT_FIELDS, request.body())
}
