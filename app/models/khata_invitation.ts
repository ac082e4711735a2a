import db from '@adonisjs/lucid/services/db'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { KhataInvitationSchema } from '#database/schema'
import { DateTime } from 'luxon'
import { InvitationRefused } from '#exceptions/invitation_refused'
import Khata from '#models/khata'
import Shop from '#models/shop'
import User from '#models/user'
import { within } from '#models/within'
import { digestOfKhataCode, newKhataCode } from '#models/khata_code'

const VALID_FOR = { username: { days: 30 }, code: { days: 7 } }

/**
 * A shop offers credit to a username, or to the customer who enters a code.
 *
 * `username` is as the owner typed it, null for a code. `customerId` is null when no customer has that username,
 * or nobody has entered the code.
 */
export default class KhataInvitation extends KhataInvitationSchema {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  /** Invitations this customer has not answered, with their shops. */
  static waitingFor(customer: User, client?: TransactionClientContract) {
    return this.#waiting(client)
      .where('customer_id', customer.id)
      .preload('shop')
      .orderBy('id', 'desc')
  }

  /** The shop's invitations that did not lead to a khata yet. */
  static sentBy(shop: Shop, client?: TransactionClientContract) {
    return this.query({ client })
      .where('shop_id', shop.id)
      .whereIn('state', ['waiting', 'declined'])
      .whereRaw('expires_at > now()')
      .orderBy('id', 'desc')
  }

  /**
   * Invites the username. Takes the same steps and time when it does not exist, so that it reveals nothing.
   * Replaces an earlier invitation.
   */
  static send(shop: Shop, username: string, limitPaise: number, outer?: TransactionClientContract) {
    return within(outer, async (client) => {
      const customer = await User.query({ client }).select('id').where({ username }).first()
      await this.#takeTurn(shop, client)
      await this.#waiting(client)
        .where({ shopId: shop.id, username })
        .update({ state: 'withdrawn' })
      const customerId = customer?.id ?? null
      const expiresAt = DateTime.now().plus(VALID_FOR.username)
      const values = { shopId: shop.id, username, customerId, limitPaise, expiresAt }
      return this.create(values, { client })
    })
  }

  /** Creates a code that opens one khata. Only its digest is stored. */
  static async makeCode(
    shop: Shop,
    limitPaise: number,
    outer?: TransactionClientContract
  ): Promise<string> {
    const code = newKhataCode()
    const codeDigest = digestOfKhataCode(code)
    const expiresAt = DateTime.now().plus(VALID_FOR.code)
    await within(outer, async (client) => {
      await this.#takeTurn(shop, client)
      await this.create({ shopId: shop.id, codeDigest, limitPaise, expiresAt }, { client })
    })
    return code
  }

  /** @throws InvitationRefused when the code is unknown or used, or a khata is open already */
  static async enterCode(code: string, customer: User): Promise<Khata> {
    const invitation = await this.findBy({ codeDigest: digestOfKhataCode(code) })
    if (!invitation) throw new InvitationRefused('invitation_gone')
    return invitation.accept(customer)
  }

  /** Called when a shop closes: its offers can no longer be accepted. */
  static async withdrawAll(shop: Shop, client: TransactionClientContract) {
    await this.#waiting(client).where('shop_id', shop.id).update({ state: 'withdrawn' })
  }

  static #waiting(client?: TransactionClientContract) {
    return this.query({ client }).where('state', 'waiting').whereRaw('expires_at > now()')
  }

  /** Serialises invitations of one shop and deletes expired ones. */
  static async #takeTurn({ id: shopId }: Shop, client: TransactionClientContract) {
    await this.#keepOpen(shopId, client)
    await this.query({ client })
      .where({ shopId })
      .whereNot('state', 'accepted')
      .whereRaw('expires_at <= now()')
      .delete()
  }

  /** Keeps the shop from closing until the transaction ends. @throws InvitationRefused when it has closed */
  static async #keepOpen(shopId: string, client: TransactionClientContract) {
    const { rows } = await client.rawQuery(
      'SELECT closed_at FROM shops WHERE id = ? FOR NO KEY UPDATE',
      [shopId]
    )
    if (rows[0].closed_at) throw new InvitationRefused('shop_closed')
  }

  /** Opens the khata with the offered limit. @throws InvitationRefused */
  async accept(customer: User): Promise<Khata> {
    return db.transaction(async (client) => {
      await client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [customer.id])
      await KhataInvitation.#keepOpen(this.shopId, client)
      const invitation = await this.#hold(client)
      if (invitation.state === 'accepted' && invitation.customerId === customer.id) {
        return Khata.between(invitation.shopId, customer.id).useTransaction(client).firstOrFail()
      }
      if (!invitation.isWaiting) throw new InvitationRefused('invitation_gone')
      await invitation.merge({ state: 'accepted', customerId: customer.id }).save()
      const khata = await Khata.openWith(invitation, client)
      await KhataInvitation.#waiting(client)
        .where({ shopId: khata.shopId, customerId: customer.id })
        .update({ state: 'withdrawn' })
      return khata
    })
  }

  /** By the customer; the shop is shown the answer. @throws InvitationRefused */
  decline() {
    return this.#end('declined')
  }

  /** By the owner. @throws InvitationRefused */
  withdraw() {
    return this.#end('withdrawn')
  }

  get isWaiting() {
    return this.state === 'waiting' && this.expiresAt > DateTime.now()
  }

  async #end(state: 'declined' | 'withdrawn') {
    await db.transaction(async (client) => {
      const invitation = await this.#hold(client)
      if (invitation.state === state) return
      if (!invitation.isWaiting) throw new InvitationRefused('invitation_gone')
      await invitation.merge({ state }).save()
    })
  }

  #hold(client: TransactionClientContract) {
    return KhataInvitation.query({ client }).where('id', this.id).forUpdate().firstOrFail()
  }
}
