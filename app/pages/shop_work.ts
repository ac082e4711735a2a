import type { HttpContext } from '@adonisjs/core/http'
import { beginOf, dayAt } from '#hours/india'
import { missingDetails } from '#models/missing_details'
import Product from '#models/product'
import type { ProductFilter } from '#models/product_filter'
import { dayOfShop } from '#models/shop_day'
import { openingOf } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import { openNow } from '#pages/open_now'

/** What an owner's shop asks for today; `from` is what it is made of. */
export async function shopWork(ctx: HttpContext) {
  const { own, shop } = ctx
  const today = todayOf(ctx)
  const day = await own.keep(`day ${shop.id} ${today}`, (client) => dayOfShop(shop.id, client))
  const toDo = await own.keep(`to do ${shop.id}`, (client) => missingDetails(shop.id, client))
  const renamed = await own.keep(`renamed ${shop.id}`, (client) => renamedIn(shop.id, client))
  const { opening } = await own.keep(`opening ${shop.id}`, async (client) => ({
    opening: await openingOf(shop.id, client),
  }))
  const { area } = await own.keep(`area ${shop.id} ${shop.pinCode}`, async (client) => ({
    area: (await ShopSettings.of(shop.id, client)).areaFor(shop.pinCode),
  }))
  const { key, state: openState } = openNow(ctx, opening)
  /** It delivers so far from its place, and has not said where that is. */
  const needsPin = area.kind === 'nowhere'
  return {
    from: [day, toDo, renamed, key, needsPin],
    state: { day, missing: toDo.total, renamed: renamed.items, openState, needsPin },
  }
}

/** A list of products in an address, without what is not asked for. */
export function listAddress(filter: ProductFilter, rest: object = {}) {
  return Object.fromEntries(Object.entries({ ...filter, ...rest }).filter(([, value]) => value))
}

/** A ready answer ends with the day. */
function todayOf({ clock }: HttpContext) {
  const today = dayAt(Date.now())
  clock.dependsOn({ data: today, isCurrent: () => Date.now() < beginOf(today + 1) })
  return today
}

async function renamedIn(...where: Parameters<typeof Product.renamedIn>) {
  const renamed = await Product.renamedIn(...where)
  return { items: renamed.map(({ id, name: text }) => ({ id, name: text })) }
}
