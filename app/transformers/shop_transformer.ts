import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'

export const shopFields = () => ({
  id: vine.string().uuid(),
  name: vine.string(),
  owner: vine.string().meta({ description: "The owner's username" }),
  city: vine.string(),
  pin_code: vine.string().nullable(),
})

export const shopSchema = vine.create(shopFields())

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
