import hash from '@adonisjs/core/services/hash'
import { compose } from '@adonisjs/core/helpers'
import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { BaseModel, column, hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import type { DateTime } from 'luxon'
import Shop from '#models/shop'

export const ROLES = ['customer', 'shopowner'] as const
export type Role = (typeof ROLES)[number]

const AuthFinder = withAuthFinder(() => hash.use(), {
  uids: ['username'],
  passwordColumnName: 'password',
})

export default class User extends compose(BaseModel, AuthFinder) {
  @column({ isPrimary: true })
  declare id: string

  @column()
  declare username: string

  @column({ serializeAs: null })
  declare password: string

  @column()
  declare role: Role

  @column()
  declare fullName: string

  @column()
  declare address: string

  @column()
  declare mobile: string

  @column.dateTime({ autoCreate: true })
  declare createdAt: DateTime

  @column.dateTime({ autoCreate: true, autoUpdate: true })
  declare updatedAt: DateTime

  @hasMany(() => Shop, { foreignKey: 'ownerId' })
  declare shops: HasMany<typeof Shop>

  get isShopowner() {
    return this.role === 'shopowner'
  }

  /** Where one goes after logging in, as the name of a route. */
  get homeRoute() {
    return this.isShopowner ? 'owner.shops.index' : 'shops.index'
  }

  /** One of the user's own shops. @throws E_ROW_NOT_FOUND (404) also for somebody else's */
  findShop(this: User, id: string): Promise<Shop> {
    return this.related('shops').query().where('id', id).firstOrFail()
  }
}
