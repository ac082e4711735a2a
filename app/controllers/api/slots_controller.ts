import type { HttpContext } from '@adonisjs/core/http'
import { answer } from '#api/answer'
import { ResourceNotFound } from '#exceptions/resource_not_found'
import Shop from '#models/shop'
import { slotsToOffer } from '#models/shop_slots'
import { transformSlot } from '#transformers/slot_transformer'

/** Read from the primary: a slot may have become full a moment ago. */
export default class SlotsController {
  async index(ctx: HttpContext) {
    const { auth, params } = ctx
    const user = auth.user!
    const shop = user.isShopowner
      ? await user.findShop(params.shop_id)
      : await Shop.open().where('id', params.shop_id).first()
    if (!shop) throw new ResourceNotFound('Shop')
    const slots = await slotsToOffer(shop.id)
    return answer(ctx, slots.map(transformSlot))
  }
}
