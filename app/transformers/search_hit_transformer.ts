import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { eachText, namedTexts } from '#models/product_texts'
import type { SearchHit } from '#search/search_engine'
import { toRupees } from '#locale/rupees'
import { rupeesSchema } from '#transformers/money'

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
  unit: vine.string(),
  price: rupeesSchema(),
  stock: vine.number({ strict: true }).withoutDecimals(),
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
    unit: hit.unit,
    price: toRupees(hit.pricePaise),
    stock: hit.stock,
    shop_id: hit.shopId,
    shop_name: hit.shopName,
    shop_city: hit.shopCity,
  }
}
