import { compose } from '@adonisjs/core/helpers'
import { withAuthFinder } from '@adonisjs/auth/mixins/lucid'
import { beforeUpdate, hasMany } from '@adonisjs/lucid/orm'
import type { HasMany } from '@adonisjs/lucid/types/relations'
import type { Hash } from '@adonisjs/core/hash'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { UserSchema } from '#database/schema'
import SecurityEvent from '#events/security_event'
import { LOCKED, passwordHash } from '#passwords/password_hash'
import { withinAllowance } from '#models/allowance'
import { endLogins } from '#models/logins'
import { within } from '#models/within'
import Address from '#models/address'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import KhataRequest from '#models/khata_request'
import Order from '#models/order'
import Shop from '#models/shop'

export const ROLES = ['customer', 'shopowner'] as const
export type Role = (typeof ROLES)[number]

const AuthFinder = withAuthFinder(() => passwordHash as unknown as Hash, {
  uids: ['username'],
  passwordColumnName: 'password',
})

export default class User extends compose(UserSchema, AuthFinder) {
  @hasMany(() => Shop, { foreignKey: 'ownerId' })
  declare shops: HasMany<typeof Shop>

  @hasMany(() => Order, { foreignKey: 'customerId' })
  declare orders: HasMany<typeof Order>

  @hasMany(() => Khata, { foreignKey: 'customerId' })
  declare khatas: HasMany<typeof Khata>

  @beforeUpdate()
  static async noteRole({ $dirty, id, role }: User) {
    if ($dirty.role) await SecurityEvent.dispatch('role.changed', { account: id, role })
  }

  /** Accounts from `seed:demo` that can still log in. */
  static demo() {
    return this.query().where('is_demo', true).whereNot('password', LOCKED)
  }

  /** Also rehashes outdated hashes, once the password has been verified. */
  async verifyPassword(password: string) {
    const isRight = await super.verifyPassword(password)
    if (isRight && passwordHash.isOutdated(this.password)) {
      this.password = password
      await this.save()
    }
    return isRight
  }

  /** Whether no password works for the account. */
  get isLocked() {
    return this.password === LOCKED
  }

  /** Changes the password if the current one is right; see `setPassword`. */
  async changePassword(
    this: User,
    { from, to }: { from: string; to: string },
    kept: { except?: string } = {}
  ) {
    return (await this.verifyPassword(from)) && (await this.setPassword(to, kept))
  }

  /**
   * Ends every session except `except`, and revokes every token. Returns false, changing nothing, when the
   * password was changed since the user was read.
   */
  async setPassword(this: User, password: string, kept: { except?: string } = {}) {
    const hashed = await passwordHash.make(password)
    return within(undefined, async (client) => {
      const [changed] = await client
        .from('users')
        .where({ id: this.id, password: this.password })
        .update({ password: hashed, updated_at: new Date() })
        .returning('id')
      if (!changed) return false
      await this.endSessions(kept, client)
      await this.endTokens(client)
      return true
    })
  }

  /** Ends the user's sessions except `except`, with their live pages, on every server. Returns how many. */
  endSessions(
    this: User,
    { except }: { except?: string } = {},
    outer?: TransactionClientContract
  ): Promise<number> {
    return within(outer, (client) => endLogins(this, 'sessions', client, except))
  }

  /** Revokes the user's API tokens. Returns how many. */
  endTokens(this: User, outer?: TransactionClientContract): Promise<number> {
    return within(outer, (client) => endLogins(this, 'tokens', client))
  }

  /** Logs the user out everywhere and prevents new logins. */
  block(this: User, outer?: TransactionClientContract) {
    return within(outer, async (client) => {
      await this.useTransaction(client).merge({ blockedAt: DateTime.now() }).save()
      await this.endSessions({}, client)
      await this.endTokens(client)
    })
  }

  unblock(this: User) {
    return this.merge({ blockedAt: null }).save()
  }

  get isShopowner() {
    return this.role === 'shopowner'
  }

  /** Route name of the start page after login. */
  get homeRoute() {
    return this.isShopowner ? 'owner.shops.index' : 'shops.index'
  }

  /** @throws AllowanceReached when the user has the maximum number of open shops */
  openShop(this: User, values: Partial<Shop>, outer?: TransactionClientContract): Promise<Shop> {
    return within(outer, (client) =>
      withinAllowance(this.id, 'shops', client, async () => {
        const shop = await Shop.create({ ...values, ownerId: this.id }, { client })
        return shop.refresh()
      })
    )
  }

  /** One of the user's shops. @throws E_ROW_NOT_FOUND (404) also when it belongs to another user */
  findShop(this: User, id: string, client?: QueryClientContract): Promise<Shop> {
    return Shop.query({ client }).where({ ownerId: this.id, id }).firstOrFail()
  }

  /** The row of one of the user's shops. @throws E_ROW_NOT_FOUND (404) */
  shopRow(this: User, id: string, client?: QueryClientContract): Promise<Record<string, unknown>> {
    const own = Shop.query({ client }).where({ ownerId: this.id, id })
    return own.pojo<Record<string, unknown>>().firstOrFail()
  }

  /** Whether the user can reopen a shop. */
  async hasClosedShops(this: User, client?: QueryClientContract) {
    const closed = Shop.query({ client }).where('owner_id', this.id).whereNotNull('closed_at')
    return (await closed.first()) !== null
  }

  /** An order placed by the user. @throws E_ROW_NOT_FOUND (404) also when it belongs to another user */
  findOrder(this: User, id: string, client?: QueryClientContract): Promise<Order> {
    return Order.query({ client }).where({ customerId: this.id, id }).firstOrFail()
  }

  /** An order placed by the user or received by their shops. @throws E_ROW_NOT_FOUND (404) */
  findVisibleOrder(this: User, id: string, client?: QueryClientContract): Promise<Order> {
    const shops = Shop.query({ client }).where('owner_id', this.id).select('id')
    return Order.query({ client })
      .where('id', id)
      .where((query) => query.where('customer_id', this.id).orWhereIn('shop_id', shops))
      .firstOrFail()
  }

  /** One of the user's saved addresses. @throws E_ROW_NOT_FOUND (404) also when it belongs to another user */
  findAddress(this: User, id: string, client?: QueryClientContract): Promise<Address> {
    return Address.query({ client }).where({ userId: this.id, id }).firstOrFail()
  }

  /** One of the user's khatas as a customer, with its shop. @throws E_ROW_NOT_FOUND (404) */
  findKhata(this: User, id: string, client?: QueryClientContract): Promise<Khata> {
    return Khata.query({ client }).where({ customerId: this.id, id }).preload('shop').firstOrFail()
  }

  /** An invitation for the user, with its shop. @throws E_ROW_NOT_FOUND (404) */
  findKhataInvitation(this: User, id: string): Promise<KhataInvitation> {
    return KhataInvitation.query().where({ id, customerId: this.id }).preload('shop').firstOrFail()
  }

  /** One of the user's requests. @throws E_ROW_NOT_FOUND (404) */
  findKhataRequest(this: User, id: string): Promise<KhataRequest> {
    return KhataRequest.query().where({ id, customerId: this.id }).firstOrFail()
  }

  /** An order received by the user's shops. @throws E_ROW_NOT_FOUND (404) */
  findReceivedOrder(this: User, id: string, client?: QueryClientContract): Promise<Order> {
    return Order.query({ client })
      .where('id', id)
      .whereIn('shop_id', Shop.query({ client }).where('owner_id', this.id).select('id'))
      .firstOrFail()
  }
}
