import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { eachText, namedTexts, type ProductTexts } from '#models/product_texts'
import { toRupees } from '#locale/rupees'
import { rupeesSchema } from '#transformers/money'

export const productSchema = vine.create({
  id: vine.string().uuid(),
  shop_id: vine.string().uuid(),
  name: vine.string(),
  price: rupeesSchema(),
  ...eachText(() => vine.string().nullable()),
  category: vine.string().nullable(),
  unit: vine.string(),
  stock: vine.number({ strict: true }).withoutDecimals(),
})

export interface ProductDetails extends ProductTexts {
  id: string
  name: string
  category: string | null
  unit: string
  pricePaise: number
  stock: number
}

export function transformProduct(
  shopId: string,
  product: ProductDetails
): Infer<typeof productSchema> {
  const { id, name, category, unit, pricePaise, stock } = product
  const price = toRupees(pricePaise)
  return { id, shop_id: shopId, name, price, ...namedTexts(product), category, unit, stock }
}
