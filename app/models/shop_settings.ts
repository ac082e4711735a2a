import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { ShopSettingSchema } from '#database/schema'
import { areaOf } from '#delivery/delivery_area'
import { quoteFor } from '#delivery/quote'
import type { Fulfilment } from '#models/order_state'

/** The default. */
export const ACCEPT_WITHIN_MINUTES = 120

const PACKING_TOLERANCE_PERCENT = 10

const DEFAULTS = {
  minimumOrderPaise: 0,
  deliveryFeePaise: 0,
  freeDeliveryFromPaise: null,
  deliveryArea: null,
  deliveryPins: null,
  deliveryPrefix: null,
  deliveryKilometres: null,
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

  /** Delivery fee for items of this value; pick-up is free. */
  feeFor(fulfilment: Fulfilment, itemsPaise: number) {
    return fulfilment === 'delivery' ? this.quote(itemsPaise).feePaise : 0
  }

  /** What a delivery of items of this value costs, and what is missing to one. */
  quote(itemsPaise: number) {
    return quoteFor(this, itemsPaise)
  }

  /** Where the shop delivers to, which may depend on where it is. */
  areaFor(shopPin: string | null) {
    return areaOf(this, shopPin)
  }

  /** Minimum order value; applies to delivery only. */
  minimumFor(fulfilment: Fulfilment) {
    return fulfilment === 'delivery' ? this.minimumOrderPaise : 0
  }

  get details() {
    const { upiId, acceptWithinMinutes, packingTolerancePercent, taxScheme, phone, address } = this
    const terms = { upiId, acceptWithinMinutes, packingTolerancePercent, taxScheme }
    return { ...terms, phone, address, ...this.delivery, ...this.identity }
  }

  /** What a delivery costs, and where to. */
  get delivery() {
    const { minimumOrderPaise, deliveryFeePaise, freeDeliveryFromPaise } = this
    const { deliveryArea, deliveryPins, deliveryPrefix, deliveryKilometres } = this
    const area = { deliveryArea, deliveryPins, deliveryPrefix, deliveryKilometres }
    return { minimumOrderPaise, deliveryFeePaise, freeDeliveryFromPaise, ...area }
  }

  /** Who the shop is before the law, which its pages show. */
  get identity() {
    const { fssaiNumber, gstin, legalName, legalAddress } = this
    return { fssaiNumber, gstin, legalName, legalAddress }
  }

  /** What customers ask first: how to reach the shop, where it delivers to, and for how much. */
  get facts() {
    const { phone, address } = this
    return { phone, address, ...this.delivery }
  }
}
