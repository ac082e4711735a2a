import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { DeliveryTo } from '#delivery/delivery_to'
import type { Opening } from '#hours/opening'
import { toRupees } from '#locale/rupees'
import { rupeesSchema } from '#transformers/money'
import { openingFields, transformOpening } from '#transformers/opening_transformer'

const shopFields = {
  id: vine.string().uuid(),
  name: vine.string(),
  owner: vine.string().meta({ description: "The owner's username" }),
  city: vine.string(),
  pin_code: vine.string().nullable(),
}

export const shopSchema = vine.create(shopFields)

export const shopDetailSchema = vine.create({
  ...shopFields,
  delivery: vine
    .object({
      fee: rupeesSchema(),
      free_from: rupeesSchema('Value of the items from which delivery is free').nullable(),
      minimum_order: rupeesSchema('Least value of the items for a delivery'),
      reaches_pin_code: vine.boolean({ strict: true }).nullable().meta({
        description:
          'Whether the shop delivers to `pin_code`; null when that depends on it, and is not given',
      }),
    })
    .nullable()
    .meta({ description: 'Null of a closed shop' }),
  ...openingFields,
})

export interface ShopDetails {
  id: string
  name: string
  owner: string
  city: string
  pinCode: string | null
}

export function transformShop(shop: ShopDetails): Infer<typeof shopSchema> {
  const { id, name, owner, city, pinCode } = shop
  return { id, name, owner, city, pin_code: pinCode }
}

const REACHES = { delivered: true, outside: false, unknown: null }

export function transformShopDetail(
  shop: ShopDetails,
  delivery: DeliveryTo | null,
  terms: { opening: Opening | null } | null
): Infer<typeof shopDetailSchema> {
  return {
    ...transformShop(shop),
    delivery: delivery && transformDelivery(delivery),
    ...transformOpening(terms),
  }
}

function transformDelivery({ feePaise, freeFromPaise, minimumPaise, reach }: DeliveryTo) {
  return {
    fee: toRupees(feePaise),
    free_from: freeFromPaise === null ? null : toRupees(freeFromPaise),
    minimum_order: toRupees(minimumPaise),
    reaches_pin_code: REACHES[reach],
  }
}
