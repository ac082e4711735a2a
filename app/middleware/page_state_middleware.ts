import { inject } from '@adonisjs/core'
import { Cart } from '#cart/cart'
import { Carts } from '#cart/carts'
import Address from '#models/address'
import { pinCodeIn } from '#numbers/pin_code'
import { countWaiting } from '#orders/waiting_orders'
import { toldPlace } from '#places/place_cookie'
import type { Flash } from '#markup/personal'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const FLASH_COOKIE = 'flash'

/**
 * State that every page shows around its content. The flash message has its own cookie, so showing a page never
 * writes the session.
 */
@inject()
export default class PageStateMiddleware {
  constructor(private carts: Carts) {}

  async handle(ctx: HttpContext, next: NextFn) {
    const { request, response } = ctx
    const flash = request.encryptedCookie(FLASH_COOKIE) as Flash | null
    ctx.cart = new Cart(ctx, this.carts)
    await ctx.cart.load()
    ctx.place = toldPlace(ctx) ?? (await placeOfPerson(ctx))
    ctx.flash = (message, kind = 'success') => {
      response.encryptedCookie(FLASH_COOKIE, { kind, message }, { maxAge: '1m' })
    }
    ctx.message = ctx.isFragment ? null : flash
    if (ctx.message) response.clearCookie(FLASH_COOKIE)
    ctx.waiting = await waitingOf(ctx)
    return next()
  }
}

/** That of their default address, or of the one that they gave with the account; null of guests. */
async function placeOfPerson({ auth, own }: HttpContext) {
  const user = auth?.user
  if (!user) return null
  const { pin } = await own.keep('place', async (client) => {
    const saved = await Address.defaultOf(user, client)
    return { pin: saved?.pinCode ?? pinCodeIn(user.address) }
  })
  return pin ? { pin } : null
}

/** Null where the header does not come along, or need not: most forms are answered by a redirect. */
async function waitingOf({ auth, isFragment, own }: HttpContext) {
  const user = auth?.user
  if (!user?.isShopowner || isFragment || !own.isLook) return null
  const { count } = await own.keep('waiting', async (client) => {
    return { count: await countWaiting(user.id, client) }
  })
  return count
}
