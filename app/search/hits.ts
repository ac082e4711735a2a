import { TEXT_NAMES, textsOf } from '#models/product_texts'
import type { ProductHit, ShopHit } from '#search/search_engine'

/** The columns of a table that a hit shows, and what a row of them becomes. */
export const SHOP_COLUMNS = ['id', 'name', 'city']

export const PRODUCT_COLUMNS = [
  ...['id', 'name', ...TEXT_NAMES, 'unit', 'category', 'price_paise', 'stock'],
  ...['measure', 'sold_as', 'net_quantity', 'unit_price_paise', 'mrp_paise'],
  ...['smallest', 'step', 'presets', 'country', 'diet'],
  ...['shop_id', 'shop_name', 'shop_city'],
]

export function toShopHit({ id, name, city }: any, score: number): ShopHit {
  return { type: 'shop', id, name, city, score: round(score) }
}

export function toProductHit(row: any, score: number): ProductHit {
  return {
    type: 'product',
    id: row.id,
    name: row.name,
    ...textsOf(row),
    unit: row.unit,
    measure: row.measure,
    soldAs: row.sold_as,
    netQuantity: row.net_quantity,
    smallest: row.smallest,
    step: row.step,
    presets: row.presets,
    category: row.category,
    pricePaise: row.price_paise,
    unitPricePaise: Number(row.unit_price_paise),
    mrpPaise: row.mrp_paise,
    country: row.country,
    diet: row.diet,
    stock: row.stock,
    shopId: row.shop_id,
    shopName: row.shop_name,
    shopCity: row.shop_city,
    offers: [],
    score: round(score),
  }
}

/** Rounds away differences that come from the order of summation. */
export function round(score: number) {
  return Math.round(score * 10_000) / 10_000
}
