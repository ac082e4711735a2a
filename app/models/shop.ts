import { belongsTo, hasMany } from '@adonisjs/lucid/orm'
import type { BelongsTo, HasMany } from '@adonisjs/lucid/types/relations'
import { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import type { DatabaseError } from 'pg'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { ShopSchema } from '#database/schema'
import { decodeCursor, isText, isUuid, toPage } from '#models/keyset'
import { ClosingRefused } from '#exceptions/closing_refused'
import type { Opening } from '#hours/opening'
import { withinAllowance } from '#models/allowance'
import CounterSale from '#models/counter_sale'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import KhataRequest from '#models/khata_request'
import Product from '#models/product'
import { openingOf } from '#models/shop_hours'
import ShopSettings from '#models/shop_settings'
import { within } from '#models/within'
import { isEven, standingOf } from '#models/shop_standing'
import User from '#models/user'

const PAGE_SIZE = 24

const FOREIGN_KEY_VIOLATION = '23503'

/** Key of the keyset pagination by name. */
export const SHOP_KEY = [isText, isUuid]

/** `closedAt`: a closed shop sells nothing, but stays visible to its owner and its customers. */
export default class Shop extends ShopSchema {
  @belongsTo(() => User, { foreignKey: 'ownerId' })
  declare owner: BelongsTo<typeof User>

  @hasMany(() => Product)
  declare products: HasMany<typeof Product>

  /** Shops visible to customers. */
  static open(client?: QueryClientContract) {
    return this.query({ client }).whereNull('closed_at')
  }

  /** An open shop as its own pages show it, or null. */
  static async shown(id: string, client: QueryClientContract) {
    const shop = await this.open(client).where('id', id).first()
    if (!shop) return null
    const opening = await openingOf(id, client)
    const { identity, facts } = await ShopSettings.of(id, client)
    return { ...shop.summary, opening, ...identity, ...facts }
  }

  /** A page of open shops by name, in one city or all. */
  static async page(city: string | null, cursor: string | null, client: QueryClientContract) {
    const after = decodeCursor(cursor, SHOP_KEY)
    const shops = await this.open(client)
      .select('*', db.raw('shop_opening(id) AS opening'))
      .if(city, (query) => query.where('city', city!))
      .if(after, (query) => query.whereRaw('(name, id) > (?, ?)', after!))
      .orderBy([{ column: 'name' }, { column: 'id' }])
      .limit(PAGE_SIZE + 1)
    return toPage(shops, PAGE_SIZE, after, ({ name, id }) => [name, id], withOpening)
  }

  /** Cities by their number of shops, descending. */
  static async cities(client: QueryClientContract): Promise<{ city: string; shops: number }[]> {
    const { rows } = await client.rawQuery(
      `SELECT city, count(*)::integer AS shops FROM shops WHERE closed_at IS NULL
       GROUP BY city ORDER BY shops DESC, city`
    )
    return rows
  }

  /** Each city with the first three digits of its shops' pin codes. */
  static async pinAreas(client: QueryClientContract): Promise<{ city: string; area: string }[]> {
    const { rows } = await client.rawQuery(
      `SELECT DISTINCT city, left(pin_code, 3) AS area FROM shops
       WHERE pin_code IS NOT NULL AND closed_at IS NULL`
    )
    return rows
  }

  /** The distinct cities of these shops, read from the primary. */
  static async citiesOf(ids: string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const shops = await this.query().whereIn('id', ids).distinct('city')
    return shops.map(({ city }) => city)
  }

  /** A page of an owner's open or closed shops, newest first, with product counts. */
  static async pageOf(
    owner: User,
    cursor: string | null,
    closed = false,
    client?: QueryClientContract
  ) {
    const after = decodeCursor(cursor, [isUuid])
    const shops = await this.query({ client })
      .where('owner_id', owner.id)
      .withCount('products')
      .if(
        closed,
        (query) => query.whereNotNull('closed_at'),
        (query) => query.whereNull('closed_at')
      )
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

  /** A page of shops by name with their owners, of one owner or all. */
  static async listing(
    {
      ownerId = null,
      cursor,
      size,
    }: { ownerId?: string | null; cursor: string | null; size: number },
    client?: QueryClientContract
  ) {
    const after = decodeCursor(cursor, SHOP_KEY)
    const shops = await this.open(client)
      .preload('owner', (query) => query.select('id', 'username'))
      .if(ownerId, (query) => query.where('owner_id', ownerId!))
      .if(after, (query) => query.whereRaw('(name, id) > (?, ?)', after!))
      .orderBy([{ column: 'name' }, { column: 'id' }])
      .limit(size + 1)
    return toPage(shops, size, after, ({ name, id }) => [name, id], withOwner)
  }

  /** An open shop with its owner, or null. */
  static async findWithOwner(id: string, client?: QueryClientContract) {
    const shop = await this.open(client)
      .preload('owner', (query) => query.select('id', 'username'))
      .where('id', id)
      .first()
    return shop && withOwner(shop)
  }

  /** @throws AllowanceReached when the owner's shops together have the maximum number of products */
  addProduct(this: Shop, values: Partial<Product>, outer?: TransactionClientContract) {
    return within(outer, (client) =>
      withinAllowance(this.ownerId, 'products', client, () =>
        Product.create({ ...values, shopId: this.id }, { client }).then((product) =>
          product.refresh()
        )
      )
    )
  }

  /** @throws E_ROW_NOT_FOUND (404) */
  findProduct(this: Shop, id: string, client?: QueryClientContract): Promise<Product> {
    return this.product(id, client).firstOrFail()
  }

  product(this: Shop, id: string, client?: QueryClientContract) {
    return Product.query({ client }).where({ shopId: this.id, id })
  }

  /** @throws E_ROW_NOT_FOUND (404) */
  findKhata(this: Shop, id: string, client?: QueryClientContract): Promise<Khata> {
    return Khata.query({ client }).where({ shopId: this.id, id }).firstOrFail()
  }

  get isClosed() {
    return Boolean(this.closedAt)
  }

  /** Obligations between the shop and its customers. */
  standing() {
    return standingOf(this.id)
  }

  /**
   * Closes the shop if it has orders or khata entries, keeping everything owed; otherwise deletes it with its
   * empty khatas.
   *
   * @param options.whenEven also refuse while money is owed, for clients that cannot be warned first
   * @throws ClosingRefused when there are open orders
   */
  close({ whenEven = false } = {}): Promise<'closed' | 'deleted'> {
    return db.transaction(async (client) => {
      const shop = await Shop.query({ client }).where('id', this.id).forUpdate().firstOrFail()
      const standing = await standingOf(this.id, client)
      if (standing.openOrders > 0 || (whenEven && !isEven(standing))) {
        throw new ClosingRefused(standing)
      }
      if (standing.isUntouched && (await isDeleted(shop, client))) return 'deleted'
      shop.closedAt ??= DateTime.now()
      await shop.save()
      await KhataInvitation.withdrawAll(shop, client)
      await KhataRequest.endAll({ shopId: shop.id }, client)
      return 'closed'
    })
  }

  /** Reopens the shop with its products unchanged. @throws AllowanceReached */
  reopen(this: Shop) {
    return db.transaction((client) =>
      withinAllowance(this.ownerId, 'shops', client, () =>
        withinAllowance(this.ownerId, 'products', client, async () => {
          this.closedAt = null
          await this.useTransaction(client).save()
        })
      )
    )
  }

  /** @throws E_ROW_NOT_FOUND (404) */
  findCounterSale(this: Shop, id: string): Promise<CounterSale> {
    return CounterSale.query().where({ shopId: this.id, id }).firstOrFail()
  }

  /** A customer's request. @throws E_ROW_NOT_FOUND (404) */
  findKhataRequest(this: Shop, id: string): Promise<KhataRequest> {
    return KhataRequest.query().where({ shopId: this.id, id }).firstOrFail()
  }

  /** @throws E_ROW_NOT_FOUND (404) */
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

function withOpening(shop: Shop) {
  return { ...summary(shop), opening: shop.$extras.opening as Opening | null }
}

function withOwner(shop: Shop) {
  return { ...summary(shop), owner: shop.owner.username }
}

/** Tries to delete; the database keeps a shop that is still referenced. */
async function isDeleted({ id }: Shop, client: TransactionClientContract) {
  try {
    await client.transaction(async (attempt) => {
      await Khata.query({ client: attempt }).where('shop_id', id).delete()
      await Shop.query({ client: attempt }).where('id', id).delete()
    })
    return true
  } catch (error) {
    if ((error as DatabaseError).code === FOREIGN_KEY_VIOLATION) return false
    throw error
  }
}
