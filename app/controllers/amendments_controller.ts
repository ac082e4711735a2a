import type { HttpContext } from '@adonisjs/core/http'
import { urlFor } from '@adonisjs/core/services/url_builder'
import type { Infer } from '@vinejs/vine/types'
import { OrderAmended } from '#exceptions/order_amended'
import { TransitionRefused } from '#exceptions/transition_refused'
import { once } from '#forms/once'
import { slotOf } from '#hours/slots'
import type Order from '#models/order'
import type User from '#models/user'
import { amendOrder, type Amendment } from '#orders/amendment'
import { countingFields, whereTo } from '#orders/checkout_address'
import { addableProducts } from '#pages/addable_products'
import { amendmentPage, destinationTexts } from '#pages/amendment_page'
import { allRead } from '#responses/all_read'
import { amendmentRefused } from '#responses/amendment_refused'
import { changeOrder } from '#responses/change_order'
import { readAdded } from '#responses/read_added'
import { readLines } from '#responses/read_lines'
import { amendmentDraftValidator, amendmentValidator } from '#validators/amendment'
import { lenient } from '#validators/lenient'

type Sent = Infer<typeof amendmentValidator>
type Draft = Partial<Infer<typeof amendmentDraftValidator>>

/** The customer changes the order, until the shop accepts it. */
export default class AmendmentsController {
  async edit(ctx: HttpContext) {
    const order = await ctx.auth.user!.findOrder(ctx.params.order_id)
    return order.isAmendable ? this.#form(ctx, order) : tooLate(ctx, order)
  }

  /** With the button of a line, the form again after that step; otherwise the change. */
  async update(ctx: HttpContext) {
    const { auth, i18n, request, response } = ctx
    const customer = auth.user!
    const order = await customer.findOrder(ctx.params.order_id)
    if (!order.isAmendable) return tooLate(ctx, order)
    const draft = await lenient(amendmentDraftValidator, request.all())
    ctx.whenInvalid(() => this.#form(ctx, order, draft))
    if (isUnfinished(draft) || ctx.isFragment) return this.#again(ctx, order, draft)
    const data = countingFields({ fulfilment: order.fulfilment, ...request.all() })
    const sent = await request.validateUsing(amendmentValidator, { data })
    const [quantities, added] = await allRead([
      readLines(ctx, order, sent.lines),
      readAdded(ctx, order, sent.added),
    ])
    try {
      const wanted = { ...(await amendmentOf(sent, order, customer)), quantities, added }
      await once(ctx, sent, async (client) => {
        await amendOrder(order, customer, wanted, client)
        return {}
      })
    } catch (error) {
      if (error instanceof OrderAmended) {
        response.status(409)
        return this.#again(ctx, await order.refresh(), draft, { isMeanwhile: true })
      }
      if (error instanceof TransitionRefused) return tooLate(ctx, await order.refresh())
      throw amendmentRefused(ctx, error, sent.address_id)
    }
    const isUnchanged = order.revision === sent.revision
    ctx.flash(i18n.t(isUnchanged ? 'amend.unchanged' : 'amend.done'))
    return response.redirect().status(303).toRoute('orders.show', [order.id])
  }

  #again(ctx: HttpContext, order: Order, draft: Draft, state = {}) {
    ctx.view.share({ values: ctx.request.all() })
    return this.#form(ctx, order, draft, state)
  }

  async #form(ctx: HttpContext, order: Order, draft: Draft = {}, state = {}) {
    const page = await amendmentPage(order, ctx.auth.user!, draft)
    const addable = await addableProducts(ctx, order, page.lines, draft.q ?? null)
    const shown = { ...page, ...state, addable, q: draft.q, isFragment: ctx.isFragment }
    return ctx.page('pages/orders/change', 'partials/orders/change', shown)
  }
}

/** With another button than the one that saves, or Enter in the field of the search. */
function isUnfinished({ q = null, sought = null, step }: Draft) {
  return step ? step !== 'save' : q !== sought
}

/** Where an order goes is said again only when it is another place: it may be outside the shop's area by now. */
async function amendmentOf(sent: Sent, order: Order, customer: User): Promise<Amendment> {
  const { fulfilment, note = null, payment_method: paymentMethod, slot } = sent
  const { address, pinCode = null, mobile } = await whereTo(customer, sent)
  const before = destinationTexts(order)
  const isKept =
    !sent.address_id && address === before.address && (pinCode ?? '') === before.pinCode
  return {
    revision: sent.revision,
    agreedPaise: sent.agreed_paise,
    fulfilment,
    paymentMethod,
    mobile,
    note,
    ...(slot === undefined ? {} : { slot: slot ? slotOf(slot) : null }),
    ...(address && !isKept ? { destination: { address, pinCode } } : {}),
  }
}

async function tooLate(ctx: HttpContext, order: Order) {
  const refused = new TransitionRefused(order, 'amend')
  const { status, kind } = await changeOrder(ctx, '', () => Promise.reject(refused))
  ctx.flash(status, kind)
  const page = urlFor('orders.show', { id: order.id })
  if (ctx.isFragment) return ctx.response.header('HX-Redirect', page).noContent()
  return ctx.response.redirect().status(303).toPath(page)
}
