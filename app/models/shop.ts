import { BaseModel, belongsTo, column, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { decodeCursor, isText, isUuid, toPage } from '#models/keyset'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Product from '#models/product'
import User from '#models/user'

const PAGE_SIZE = 24

/** What the cursor of a list by name is made of. */
export const SHOP_KEY = [isText, isUuid]

export default class Shop extends BaseModel {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare ownerId: string

  @column()
  declare name: string

  @column()
  declare city: string

  @column()
  declare pinCode: string | null

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime

  @belongsTo(() => User, { foreignKey: 'ownerId' })
  declare owner: BelongsTo<typeof User>

  @hasMany(() => Product)
  declare products: HasMany<typeof Product>

  /** One page of shops by name, of one city or of all. */
  static async page(city: string | null, cursor: string | null, client: QueryClientContract) {
    const after = decodeCursor(cursor, SHOP_KEY)
    const shops = await this.query({ client })
      .if(city, (query) => query.where('city', city!))
      .if(after, (query) => query.whereRaw('(name, id) > (?, ?)', after!))
      .orderBy([{ column: 'name' }, { column: 'id' }])
      .limit(PAGE_SIZE + 1)
    return toPage(shops, PAGE_SIZE, after, ({ name, id }) => [name, id], summary)
  }

  /** Every city that has shops, the one with most shops first. */
  static async cities(client: QueryClientContract): Promise<{ city: string; shops: number }[]> {
    const { rows } = await client.rawQuery(
      'SELECT city, count(*)::integer AS shops FROM shops GROUP BY city ORDER BY shops DESC, city'
    )
    return rows
  }

  /** Each city with the first three digits of its shops' pin codes. */
  static async pinAreas(client: QueryClientContract): Promise<{ city: string; area: string }[]> {
    const { rows } = await client.rawQuery(
      `SELECT DISTINCT city, left(pin_code, 3) AS area FROM shops WHERE pin_code IS NOT NULL`
    )
    return rows
  }

  /** The cities of these shops, each once, as the primary has them. */
  static async citiesOf(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const shops = await this.query().whereIn('id', ids).distinct('city')
    return shops.map(({ city }) => city)
  }

  /** One page of an owner's own shops, the newest first, with how many products each has. */
  static async pageOf(owner: User, cursor: string | null) {
    const after = decodeCursor(cursor, [isUuid])
    const shops = await owner
      .related('shops')
      .query()
      .withCount('products')
      .if(after, (query) => query.where('id', '<', after![0]))
      .orderBy('id', 'desc')
      .limit(PAGE_SIZE + 1)
    return toPage(
      shops,
      PAGE_SIZE,
      after,
      ({ id }) => [id],
      (shop) => ({
        ...shop.summary,
        productCount: Number(shop.$extras.products_count),
      })
    )
  }

  /** One page of shops by name with their owners, of one owner or of all. */
  static async listing(
    {
      ownerId = null,
      cursor,
      size,
    }: { ownerId?: string | null; cursor: string | null; size: number },
    client?: QueryClientContract
  ) {
    const after = decodeCursor(cursor, SHOP_KEY)
    const shops = await this.query({ client })
      .preload('owner', (query) => query.select('id', 'username'))
      .if(ownerId, (query) => query.where('owner_id', ownerId!))
      .if(after, (query) => query.whereRaw('(name, id) > (?, ?)', after!))
      .orderBy([{ column: 'name' }, { column: 'id' }])
      .limit(size + 1)
    return toPage(shops, size, after, ({ name, id }) => [name, id], withOwner)
  }

  /** One shop with its owner, or null. */
  static async findWithOwner(id: string, client?: QueryClientContract) {
    const shop = await this.query({ client })
      .preload('owner', (query) => query.select('id', 'username'))
      .where('id', id)
      .first()
    return shop && withOwner(shop)
  }

  /** One of the shop's products. @throws E_ROW_NOT_FOUND (404) */
  findProduct(this: Shop, id: string): Promise<Product> {
    return this.related('products').query().where('id', id).firstOrFail()
  }

  /** One of the khatas that the shop keeps. @throws E_ROW_NOT_FOUND (404) */
  findKhata(this: Shop, id: string): Promise<Khata> {
    return Khata.query().where({ shopId: this.id, id }).firstOrFail()
  }

  /** An invitation to a khata that the shop sent. @throws E_ROW_NOT_FOUND (404) */
  findKhataInvitation(this: Shop, id: string): Promise<KhataInvitation> {
    return KhataInvitation.query().where({ shopId: this.id, id }).firstOrFail()
  }

  get summary() {
    return summary(this)
  }
}

function summary({ id, name, city, pinCode }: Shop) {
  return { id, name, city, pinCode }
}

function withOwner(shop: Shop) {
  return { ...summary(shop), owner: shop.owner.username }
}
