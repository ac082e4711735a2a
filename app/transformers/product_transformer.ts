import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { rupeesSchema, toRupees } from '#transformers/money'

export const productSchema = vine.create({
  id: vine.string().uuid(),
  shop_id: vine.string().uuid(),
  name: vine.string(),
  price: rupeesSchema(),
  name_hi: vine.string().nullable(),
  category: vine.string().nullable(),
  unit: vine.string(),
  stock: vine.number({ strict: true }).withoutDecimals(),
})

export interface ProductDetails {
  id: string
  name: string
  nameHi: string | null
  category: string | null
  unit: string
  pricePaise: number
  stock: number
}

export function transformProduct(
  shopId: string,
  product: ProductDetails
): Infer<typeof productSchema> {
  const { id, name, nameHi, category, unit, pricePaise, stock } = product
  const price = toRupees(pricePaise)
  return { id, shop_id: shopId, name, price, name_hi: nameHi, category, unit, stock }
}
