import { reachOf, type DeliveryArea } from '#delivery/delivery_area'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import type { Fulfilment, PaymentMethod } from '#models/order_state'
import type ShopSettings from '#models/shop_settings'

interface Wished {
  fulfilment: Fulfilment
  paymentMethod: PaymentMethod
  itemsPaise: number
}

/** @throws CheckoutRefused when the shop does not take such an order */
export function checkTerms(settings: ShopSettings, wished: Wished) {
  const { fulfilment, paymentMethod, itemsPaise } = wished
  const minimum = settings.minimumFor(fulfilment)
  if (itemsPaise < minimum) throw new CheckoutRefused('fulfilment', 'below_minimum', minimum)
  if (paymentMethod === 'upi' && !settings.upiId) {
    throw new CheckoutRefused('payment_method', 'no_upi')
  }
}

/** @throws CheckoutRefused when the shop does not deliver there */
export function checkArea(area: DeliveryArea, pinCode: string | null) {
  const reach = reachOf(area, pinCode)
  if (reach === 'unknown') throw new CheckoutRefused('pin_code', 'no_pin')
  if (reach === 'outside') throw new CheckoutRefused('pin_code', 'outside')
}
