import type { HttpContext } from '@adonisjs/core/http'
import { CHANGES, type Change } from '#cart/bought_again'
import { nameIn } from '#locale/name_in'

export interface Changed {
  name: string
  nameHi: string | null
  change: Change
}

/** Only says so, and everything is in the cart. */
const HARMLESS: Change[] = ['price_up']

/** Leads to the checkout when all is as it was, otherwise to the cart, and says what is not. */
export function answerWithReorder(
  ctx: HttpContext,
  shopId: string | null,
  changed: Changed[],
  whole = 'orders.reordered'
) {
  const { i18n, response } = ctx
  const notes = CHANGES.flatMap((change) => {
    const names = changed.filter((item) => item.change === change)
    const list = names.map((item) => nameIn(i18n.locale, item)).join(', ')
    return list ? i18n.t(`orders.again.${change}`, { names: list }) : []
  })
  const isWhole = changed.every(({ change }) => HARMLESS.includes(change))
  const first = isWhole ? whole : 'orders.reordered_without'
  ctx.flash([i18n.t(first), ...notes].join(' '), isWhole ? 'success' : 'error')
  const redirect = response.redirect().status(303)
  if (isWhole && shopId) redirect.toRoute('checkouts.create', { shop_id: shopId })
  else redirect.toRoute('cart.show')
}
