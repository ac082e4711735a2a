import db from '@adonisjs/lucid/services/db'
import { DateTime } from 'luxon'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ProductSchema } from '#database/schema'
import { goodsOf, isCountedAlike, largestStock, type Goods } from '#measures/goods'
import type { Category } from '#models/category'
import { decodeCursor, isText, toPage } from '#models/keyset'
import { labelOf } from '#models/product_label'
import { namedTexts, textsOf } from '#models/product_texts'
import Shop from '#models/shop'

export const PAGE_SIZE = 30

/** Key of the keyset pagination by name. */
export const PRODUCT_KEY = [isText]

/** Condition about what its shop sells now, if the shop is open. */
export const NOT_WITHDRAWN = 'withdrawn_at IS NULL'

const MOVE_STOCK = `
  UPDATE products SET stock = least(stock + moved.quantity, largest_stock(sold_as))
  FROM unnest(cast(:ids AS uuid[]), cast(:quantities AS integer[])) AS moved (id, quantity)
  WHERE products.id = moved.id`

/** Stock after setting it or changing it by a difference; never below zero. */
export function stockAfter(
  { stock, soldAs }: Pick<Product, 'stock' | 'soldAs'>,
  edit: { to: number } | { by: number }
) {
  return 'to' in edit ? edit.to : Math.min(Math.max(stock + edit.by, 0), largestStock({ soldAs }))
}

interface StockLine {
  productId: string | null
  quantity: number
}

export default class Product extends ProductSchema {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  /** What open shops sell now. */
  static forSale(client?: QueryClientContract) {
    return this.notWithdrawn(client).whereNull('shop_closed_at')
  }

  /** What shops sell now, closed ones too. */
  static notWithdrawn(client?: QueryClientContract) {
    return this.query({ client }).whereRaw(NOT_WITHDRAWN)
  }

  /** The same of products that were read, or locked. */
  static withoutWithdrawn(products: Product[]) {
    return products.filter(({ withdrawn }) => !withdrawn)
  }

  /** One page of a shop's products by name. @param where a condition of ours, about `:shopId` */
  static async page(
    shopId: string,
    {
      cursor,
      size = PAGE_SIZE,
      category = null,
      where = 'true',
    }: { cursor?: string | null; size?: number; category?: Category | null; where?: string },
    client?: QueryClientContract
  ) {
    const after = decodeCursor(cursor, PRODUCT_KEY)
    const products = await this.query({ client })
      .where('shop_id', shopId)
      .if(category, (query) => query.where('category', category!))
      .whereRaw(where, { shopId })
      .if(after, (query) => query.whereRaw('name_key(name) > ?', after!))
      .select('*', db.raw('name_key(name) AS sort_key'))
      .orderByRaw('name_key(name)')
      .limit(size + 1)
    return toPage(products, size, after, ({ $extras }) => [$extras.sort_key], details)
  }

  /** Categories of what a shop sells now, those with the most products first. */
  static async categoriesOf(shopId: string, client: QueryClientContract): Promise<Category[]> {
    const { rows } = await client.rawQuery(
      `SELECT category FROM products WHERE shop_id = ? AND category IS NOT NULL AND ${NOT_WITHDRAWN}
       GROUP BY category ORDER BY count(*) DESC, category`,
      [shopId]
    )
    return (rows as { category: Category }[]).map(({ category }) => category)
  }

  /** Locks these products of the shop until the transaction ends, in the order of their ids to avoid deadlocks. */
  static hold(shopId: string, ids: string[], client: TransactionClientContract) {
    return this.query({ client })
      .where('shop_id', shopId)
      .whereIn('id', ids)
      .orderBy('id')
      .forUpdate()
  }

  /** Reduces the stock of locked products. The database rejects a negative stock. */
  static async takeOut(lines: StockLine[], client: TransactionClientContract) {
    await client.rawQuery(MOVE_STOCK, moveOf(lines, -1))
  }

  /** Returns unsold items to the stock. Products that are deleted, or counted otherwise by now, are skipped. */
  static async putBack(lines: (StockLine & Goods)[], client: TransactionClientContract) {
    const ids = lines.flatMap(({ productId }) => productId ?? [])
    const products = await this.query({ client }).whereIn('id', ids).orderBy('id').forUpdate()
    const alike = lines.filter((line) => {
      const product = products.find(({ id }) => id === line.productId)
      return product && isCountedAlike(product, line)
    })
    await client.rawQuery(MOVE_STOCK, moveOf(alike, 1))
  }

  /** The shop's products whose names have these keys. */
  static keyedIn(shopId: string, keys: string[], client?: QueryClientContract) {
    return this.query({ client })
      .where('shop_id', shopId)
      .whereRaw('name_key(name) = ANY(?)', [keys])
      .select('*', db.raw('name_key(name) AS key'))
  }

  /** The shop's products that got another name when text was cleaned, and still have it. */
  static renamedIn(shopId: string, client?: QueryClientContract) {
    return this.query({ client })
      .select('products.id', 'name')
      .join('renamed', 'product_id', 'products.id')
      .where('shop_id', shopId)
      .whereColumn('name', 'name_after')
      .orderByRaw('name_key(name)')
  }

  /** The key of each name: names with the same key are the same. */
  static async keysOf(names: string[], client: Pick<QueryClientContract, 'rawQuery'> = db) {
    if (names.length === 0) return []
    const { rows } = await client.rawQuery(
      `SELECT name_key(name) AS key FROM unnest(cast(? AS text[])) WITH ORDINALITY AS listed (name, place)
       ORDER BY place`,
      [names]
    )
    return (rows as { key: string }[]).map(({ key }) => key)
  }

  /** Not sold for now. */
  get withdrawn() {
    return Boolean(this.withdrawnAt)
  }

  set withdrawn(value: boolean) {
    this.withdrawnAt = value ? DateTime.now() : null
  }

  get details() {
    return details(this)
  }
}

function details(product: Product) {
  const { id, name, category, unit, pricePaise, unitPricePaise, mrpPaise, stock } = product
  const { smallest, step, presets, withdrawn } = product
  const loose = { smallest, step, presets }
  const goods = { unit, ...goodsOf(product), ...loose, pricePaise, unitPricePaise, mrpPaise, stock }
  return {
    id,
    name,
    ...textsOf(namedTexts(product)),
    category,
    withdrawn,
    ...goods,
    ...labelOf(product),
  }
}

function moveOf(lines: StockLine[], direction: 1 | -1) {
  return {
    ids: lines.map(({ productId }) => productId!),
    quantities: lines.map(({ quantity }) => quantity * direction),
  }
}
