import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { ShopSettingSchema } from '#database/schema'
import type { Fulfilment } from '#orders/order_state'

/** Until the owner decides otherwise. */
export const ACCEPT_WITHIN_MINUTES = 120

const DEFAULTS = {
  minimumOrderPaise: 0,
  deliveryFeePaise: 0,
  upiId: null,
  acceptWithinMinutes: ACCEPT_WITHIN_MINUTES,
}

export default class ShopSettings extends ShopSettingSchema {
  static table = 'shop_settings'

  /** A shop's settings, or the defaults when its owner has not decided anything yet. */
  static of(shopId: string, client?: QueryClientContract): Promise<ShopSettings> {
    return this.firstOrNew({ shopId }, DEFAULTS, { client })
  }

  /** What bringing it costs; fetching it costs nothing. */
  feeFor(fulfilment: Fulfilment) {
    return fulfilment === 'delivery' ? this.deliveryFeePaise : 0
  }

  /** The least that the items must come to; only what is brought has a minimum. */
  minimumFor(fulfilment: Fulfilment) {
    return fulfilment === 'delivery' ? this.minimumOrderPaise : 0
  }

  get details() {
    const { minimumOrderPaise, deliveryFeePaise, upiId, acceptWithinMinutes } = this
    return { minimumOrderPaise, deliveryFeePaise, upiId, acceptWithinMinutes }
  }
}
