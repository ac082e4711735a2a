import db from '@adonisjs/lucid/services/db'
import { BaseModel, belongsTo, column } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { decodeCursor, isText, toPage } from '#models/keyset'
import type { Category } from '#models/category'
import Shop from '#models/shop'

const PAGE_SIZE = 30
export const LARGEST_STOCK = 1_000_000

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
    { q, cursor }: { q?: string | null; cursor?: string | null },
    client?: QueryClientContract
  ) {
    const after = decodeCursor(cursor, [isText])
    const products = await this.query({ client })
      .where('shop_id', shopId)
      .if(q, (query) => query.whereRaw('(name ILIKE :q OR name_hi ILIKE :q)', { q: contains(q!) }))
      .if(after, (query) => query.whereRaw('lower(name) > ?', after!))
      .select('*', db.raw('lower(name) AS sort_key'))
      .orderByRaw('lower(name)')
      .limit(PAGE_SIZE + 1)
    return toPage(products, PAGE_SIZE, after, ({ $extras }) => [$extras.sort_key], details)
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

function contains(text: string) {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`
}
