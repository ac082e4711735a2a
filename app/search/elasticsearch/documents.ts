import { IN_STOCK } from '#search/elasticsearch/query'
import type { ProductHit, ShopHit } from '#search/search_engine'

/** The tables that are searched; each has an index of its own. */
export const TABLES = ['shops', 'products', 'search_names'] as const

export type Table = (typeof TABLES)[number]

/** A row of `shops`, as far as a hit shows it. */
export interface ShopDocument {
  id: string
  name: string
  city: string
}

/** A row of `products`, as far as a hit shows it. */
export interface ProductDocument {
  id: string
  name: string
  name_hi: string | null
  unit: string
  category: string | null
  price_paise: number
  stock: number
  shop_id: string
  shop_name: string
  shop_city: string
}

/**
 * The document that says how far an index has read: it shows every change up to `position`. The indexer
 * writes it, after everything that was changed before.
 */
export const HEARTBEAT_ID = 'heartbeat'

export interface HeartbeatDocument {
  /** As PostgreSQL writes it. */
  position: string
}

export function toShopHit({ id, name, city }: ShopDocument, score: number): ShopHit {
  return { type: 'shop', id, name, city, score: round(score) }
}

export function toProductHit(row: ProductDocument, score: number): ProductHit {
  return {
    type: 'product',
    id: row.id,
    name: row.name,
    nameHi: row.name_hi,
    unit: row.unit,
    category: row.category,
    pricePaise: row.price_paise,
    stock: row.stock,
    shopId: row.shop_id,
    shopName: row.shop_name,
    shopCity: row.shop_city,
    offers: [],
    score: round(row.stock > 0 ? score - IN_STOCK : score),
  }
}

export function round(score: number) {
  return Math.round(score * 10_000) / 10_000
}
