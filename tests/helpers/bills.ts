import Bill from '#models/bill'
import type Order from '#models/order'
import type Product from '#models/product'
import ShopSettings from '#models/shop_settings'
import type User from '#models/user'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

export const GSTIN = '23AAACK1234F1Z5'

/** It delivers in Indore and in Surat, which is in another state. */
const AREA = { deliveryArea: 'pins', deliveryPins: ['452001', '395002'] } as const

/** What a shop in Madhya Pradesh states about itself. */
export async function stateTaxScheme(
  shopId: string,
  taxScheme: ShopSettings['taxScheme'],
  values: Partial<ShopSettings> = {}
) {
  const gstin = taxScheme && taxScheme !== 'unregistered' ? GSTIN : null
  const settings = await ShopSettings.of(shopId)
  const area = { ...AREA, deliveryPins: [...AREA.deliveryPins] }
  return settings.merge({ taxScheme, gstin, ...area, ...values }).save()
}

export async function billOf(order: Order) {
  return (await Bill.of(order))!
}

/** A new order is delivered. @returns its bill */
export async function billed(owner: User, values: Parameters<typeof createOrder>[0] = {}) {
  return billOf(await moveTo(await createOrder(values), 'delivered', owner))
}

interface Basket {
  lines: { product: Product; quantity: number }[]
  deliveryFeePaise?: number
  address?: string
  paymentMethod?: 'cash' | 'khata'
}

/** A basket at the current prices and fee. */
export function orderOf(
  customer: User,
  { lines, deliveryFeePaise = 0, ...values }: Basket
): Promise<Order> {
  const { offer, ...request } = requestFor(lines, values)
  return place(customer, lines[0].product.shopId, {
    ...request,
    offer: { ...offer, deliveryFeePaise },
  })
}
