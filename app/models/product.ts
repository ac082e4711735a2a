import db from '@adonisjs/lucid/services/db'
import { BaseModel, belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { decodeCursor, isText, toPage } from '#models/keyset'
import type { ImportedProduct } from '#csv/product_rows'
import type { Category } from '#models/category'
import Shop from '#models/shop'

const PAGE_SIZE = 30

/** What the cursor of a list by name is made of. */
export const PRODUCT_KEY = [isText]

export const LARGEST_STOCK = 1_000_000

const MOVE_STOCK = `
  UPDATE products SET stock = least(stock + moved.quantity, ${LARGEST_STOCK})
  FROM unnest(cast(:ids AS uuid[]), cast(:quantities AS integer[])) AS moved (id, quantity)
  WHERE products.id = moved.id`

const IMPORT = `
  INSERT INTO products (shop_id, name, name_hi, category, unit, price_paise, stock)
  SELECT :shopId, name, name_hi, category, unit, price_paise, stock
  FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS listed
    (name text, name_hi text, category text, unit text, price_paise integer, stock integer)
  ON CONFLICT (shop_id, lower(name)) DO UPDATE SET
    name_hi = coalesce(excluded.name_hi, products.name_hi),
    category = coalesce(excluded.category, products.category),
    unit = excluded.unit, price_paise = excluded.price_paise, stock = excluded.stock,
    updated_at = now()
  RETURNING old.id IS NULL AS created`

interface StockLine {
  productId: string | null
  quantity: number
}

export default class Product extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare shopId: string

  @column()
  declare name: string

  @column()
  declare nameHi: string | null

  @column()
  declare category: Category | null

  @column()
  declare unit: string

  @column()
  declare pricePaise: number

  @column()
  declare stock: number

  /** Kept by the database. */
  @column({ prepare: () => undefined })
  declare shopName: string

  /** Kept by the database. */
  @column({ prepare: () => undefined })
  declare shopCity: string

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime

  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  /** One page of a shop's products by name; `q` narrows it to names that contain it. */
  static async page(
    shopId: string,
    { q, cursor, size = PAGE_SIZE }: { q?: string | null; cursor?: string | null; size?: number },
    client?: QueryClientContract
  ) {
    const after = decodeCursor(cursor, PRODUCT_KEY)
    const products = await this.query({ client })
      .where('shop_id', shopId)
      .if(q, (query) => query.whereRaw('(name ILIKE :q OR name_hi ILIKE :q)', { q: contains(q!) }))
      .if(after, (query) => query.whereRaw('lower(name) > ?', after!))
      .select('*', db.raw('lower(name) AS sort_key'))
      .orderByRaw('lower(name)')
      .limit(size + 1)
    return toPage(products, size, after, ({ $extras }) => [$extras.sort_key], details)
  }

  /**
   * These products of the shop as they are now, and nobody else changes them until the transaction ends.
   * Always in the order of their ids, so that two who want the same products never wait for each other.
   */
  static hold(shopId: string, ids: string[], client: TransactionClientContract) {
    return this.query({ client })
      .where('shop_id', shopId)
      .whereIn('id', ids)
      .orderBy('id')
      .forUpdate()
  }

  /** Takes what was sold out of the stock, which the transaction holds. The database refuses to go below zero. */
  static async takeOut(lines: StockLine[], client: TransactionClientContract) {
    await client.rawQuery(MOVE_STOCK, moveOf(lines, -1))
  }

  /** Puts what was not sold after all back into the stock; what is deleted meanwhile is not there to take it. */
  static async putBack(lines: StockLine[], client: TransactionClientContract) {
    const known = lines.filter(({ productId }) => productId !== null)
    const move = moveOf(known, 1)
    await this.query({ client }).whereIn('id', move.ids).orderBy('id').forUpdate()
    await client.rawQuery(MOVE_STOCK, move)
  }

  /** Adds these products to the shop in one go; what it has by that name already gets their price, stock and unit. */
  static async importInto(
    shopId: string,
    rows: ImportedProduct[],
    client: QueryClientContract = db.connection()
  ) {
    const { rows: stored } = await client.rawQuery(IMPORT, { shopId, rows: JSON.stringify(rows) })
    const created = stored.filter((row: { created: boolean }) => row.created).length
    return { created, changed: stored.length - created }
  }

  /** What the shop has by these names, whatever their case. */
  static namedIn(shopId: string, names: string[]) {
    const written = names.map((name) => name.toLowerCase())
    return this.query().where('shop_id', shopId).whereRaw('lower(name) = ANY(?)', [written])
  }

  async setStock(stock: number) {
    this.stock = stock
    await this.save()
  }

  /** Adds to what is there in the database, where somebody may just have bought some; never below zero. */
  async changeStock(change: number) {
    const [row] = await Product.query()
      .where('id', this.id)
      .update({ stock: db.raw('least(greatest(stock + ?, 0), ?)', [change, LARGEST_STOCK]) })
      .returning('stock')
    this.stock = (row as { stock: number }).stock
  }

  get details() {
    return details(this)
  }
}

function details({ id, name, nameHi, category, unit, pricePaise, stock }: Product) {
  return { id, name, nameHi, category, unit, pricePaise, stock }
}

function moveOf(lines: StockLine[], direction: 1 | -1) {
  return {
    ids: lines.map(({ productId }) => productId!),
    quantities: lines.map(({ quantity }) => quantity * direction),
  }
}

function contains(text: string) {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
