import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { eachText, namedTexts } from '#models/product_texts'
import type { SearchHit } from '#search/search_engine'
import { goodsSchema, salesSchema, transformGoods, transformSales } from '#transformers/goods'
import { labelSchema } from '#transformers/label'

const common = {
  _id: vine.string().uuid(),
  _score: vine.number({ strict: true }),
  id: vine.string().uuid(),
  name: vine.string(),
}

export const shopHitSchema = vine.create({
  _index: vine.enum(['kirana-shops'] as const),
  ...common,
  city: vine.string(),
})

export const productHitSchema = vine.create({
  _index: vine.enum(['kirana-products'] as const),
  ...common,
  ...eachText(() => vine.string().nullable()),
  category: vine.string().nullable(),
  ...goodsSchema(),
  ...salesSchema(),
  country: labelSchema().country,
  diet: labelSchema().diet,
  shop_id: vine.string().uuid(),
  shop_name: vine.string(),
  shop_city: vine.string(),
})

export function transformHit(
  hit: SearchHit
): Infer<typeof shopHitSchema> | Infer<typeof productHitSchema> {
  const { id, name } = hit
  const found = { _id: id, _score: hit.score, id, name }
  if (hit.type === 'shop') return { _index: 'kirana-shops', ...found, city: hit.city }
  return {
    _index: 'kirana-products',
    ...found,
    ...namedTexts(hit),
    category: hit.category,
    ...transformGoods(hit),
    ...transformSales(hit),
    country: hit.country,
    diet: hit.diet,
    shop_id: hit.shopId,
    shop_name: hit.shopName,
    shop_city: hit.shopCity,
  }
}
