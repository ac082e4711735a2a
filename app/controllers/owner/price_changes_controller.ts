import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import { adjustPrices, tickedPrices } from '#edits/adjust_prices'
import { wordsOf } from '#locale/words'
import { adjustmentText, type PriceAdjustment } from '#models/price_adjustment'
import { undoPriceChange } from '#models/price_change'
import { priceChangePage } from '#pages/price_change_page'
import { addressOf } from '#pages/price_pages'
import { lenient } from '#validators/lenient'
import { priceAdjustmentValidator } from '#validators/price_adjustment'
import { priceListValidator } from '#validators/price_list'

/** One change for many prices, with a preview. */
export default class PriceChangesController {
  async create(ctx: HttpContext) {
    const asked = await lenient(priceListValidator, ctx.request.qs())
    const [, typed] = await priceAdjustmentValidator.tryValidate(ctx.request.qs())
    const preview = typed && { adjustment: adjustmentOf(typed), isTicked: () => true }
    return this.#show(ctx, await priceChangePage(ctx, asked, preview ?? undefined))
  }

  async store(ctx: HttpContext) {
    const { request, response, shop } = ctx
    const asked = await lenient(priceListValidator, request.input('list') ?? {})
    const ticked = tickedPrices(ctx)
    ctx.whenInvalid(async () => {
      return this.#show(ctx, { ...(await priceChangePage(ctx, asked)), kept: [...ticked] })
    })
    const adjustment = adjustmentOf(await request.validateUsing(priceAdjustmentValidator))
    const show = request.input('show', ticked.size > 0 ? 'ticked' : 'all')
    const preview = (isTicked: (id: string) => boolean) =>
      priceChangePage(ctx, asked, { adjustment, isTicked })
    if (!request.input('change')) {
      const isTicked = (id: string) => (show === 'ticked' ? ticked.has(id) : show === 'all')
      return this.#show(ctx, await preview(isTicked))
    }

    ctx.whenInvalid(async () => this.#show(ctx, await preview((id) => ticked.has(id))))
    if (ticked.size === 0) throw refusal(ctx, 'nothing')
    if (request.input('previewed') !== adjustmentText(adjustment)) {
      throw refusal(ctx, 'not_previewed')
    }
    const { changed, overtaken, refused } = await adjustPrices(ctx, shop.id, { adjustment, ticked })
    const said = saidOf(ctx, { changed, stay: refused.length })
    if (overtaken.length > 0) {
      const only = overtaken.map(({ product }) => product.id)
      const again = await priceChangePage(ctx, asked, { adjustment, isTicked: () => true, only })
      response.status(422)
      return this.#show(ctx, { ...again, overtaken: overtaken.length, said })
    }
    ctx.flash(said, changed > 0 ? 'success' : 'error')
    this.#toList(ctx, asked)
  }

  async destroy(ctx: HttpContext) {
    const { params, request, shop } = ctx
    const { back, stay } = await undoPriceChange(shop.id, params.id)
    ctx.flash(saidOf(ctx, { back, changed_since: stay }), back > 0 ? 'success' : 'error')
    this.#toList(ctx, await lenient(priceListValidator, request.input('list') ?? {}))
  }

  #show(ctx: HttpContext, state: object) {
    return ctx.view.render('pages/owner/price_changes/create', {
      shop: ctx.shop.summary,
      kept: [],
      values: ctx.request.only(['direction', 'size', 'sized_in', 'rounding']),
      ...state,
    })
  }

  #toList({ response, shop }: HttpContext, asked: object) {
    const qs = addressOf(asked)
    response.redirect().status(303).withQs(qs).toRoute('owner.prices.index', [shop.id])
  }
}

function adjustmentOf({ sized_in: sizedIn, ...rest }: Infer<typeof priceAdjustmentValidator>) {
  return { ...rest, sizedIn } satisfies PriceAdjustment
}

function refusal({ i18n }: HttpContext, rule: 'nothing' | 'not_previewed') {
  const message = i18n.t(`prices.change.${rule}`)
  return new errors.E_VALIDATION_ERROR([{ field: 'rows', rule, message }])
}

/** How many prices changed, or did not; the first is said even when it is none. */
function saidOf({ i18n }: HttpContext, counts: Record<string, number>) {
  const { number } = wordsOf(i18n)
  return Object.entries(counts)
    .filter(([, count], at) => at === 0 || count > 0)
    .map(([key, count]) => i18n.t(`prices.change.${key}`, { count, n: number(count) }))
    .join(' ')
}
