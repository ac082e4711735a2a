import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { ShopSettingSchema } from '#database/schema'
import type { Fulfilment } from '#models/order_state'

/** The default. */
export const ACCEPT_WITHIN_MINUTES = 120

const PACKING_TOLERANCE_PERCENT = 10

const DEFAULTS = {
  minimumOrderPaise: 0,
  deliveryFeePaise: 0,
  upiId: null,
  acceptWithinMinutes: ACCEPT_WITHIN_MINUTES,
  packingTolerancePercent: PACKING_TOLERANCE_PERCENT,
  fssaiNumber: null,
  taxScheme: null,
  gstin: null,
  legalName: null,
  legalAddress: null,
  phone: null,
  address: null,
}

export default class ShopSettings extends ShopSettingSchema {
  static table = 'shop_settings'

  /** A shop's settings, or the defaults when it has none. */
  static of(shopId: string, client?: QueryClientContract): Promise<ShopSettings> {
    return this.firstOrNew({ shopId }, DEFAULTS, { client })
  }

  /** Delivery fee; pick-up is free. */
  feeFor(fulfilment: Fulfilment) {
    return fulfilment === 'delivery' ? this.deliveryFeePaise : 0
  }

  /** Minimum order value; applies to delivery only. */
  minimumFor(fulfilment: Fulfilment) {
    return fulfilment === 'delivery' ? this.minimumOrderPaise : 0
  }

  get details() {
    const { minimumOrderPaise, deliveryFeePaise, upiId, acceptWithinMinutes } = this
    const terms = { minimumOrderPaise, deliveryFeePaise, upiId, acceptWithinMinutes }
    const { packingTolerancePercent, taxScheme, phone, address } = this
    return { ...terms, packingTolerancePercent, taxScheme, phone, address, ...this.identity }
  }

  /** Who the shop is before the law, which its pages show. */
  get identity() {
    const { fssaiNumber, gstin, legalName, legalAddress } = this
    return { fssaiNumber, gstin, legalName, legalAddress }
  }

  /** What customers ask first: how to reach the shop, and what an order costs. */
  get facts() {
    const { phone, address, minimumOrderPaise, deliveryFeePaise } = this
    return { phone, address, minimumOrderPaise, deliveryFeePaise }
  }
}
