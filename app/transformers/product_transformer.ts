import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type { ProductLabel } from '#models/product_label'
import { eachText, namedTexts, type ProductTexts } from '#models/product_texts'
import {
  goodsSchema,
  salesSchema,
  transformGoods,
  transformSales,
  type Sales,
} from '#transformers/goods'
import { labelSchema, transformLabel } from '#transformers/label'

export const productSchema = vine.create({
  id: vine.string().uuid(),
  shop_id: vine.string().uuid(),
  name: vine.string(),
  ...eachText(() => vine.string().nullable()),
  category: vine.string().nullable(),
  ...goodsSchema(),
  ...salesSchema(),
  ...labelSchema(),
})

export interface ProductDetails extends ProductTexts, ProductLabel, Sales {
  id: string
  name: string
  category: string | null
  unit: string
}

export function transformProduct(
  shopId: string,
  product: ProductDetails
): Infer<typeof productSchema> {
  const { id, name, category } = product
  return {
    id,
    shop_id: shopId,
    name,
    ...namedTexts(product),
    category,
    ...transformGoods(product),
    ...transformSales(product),
    ...transformLabel(product),
  }
}
