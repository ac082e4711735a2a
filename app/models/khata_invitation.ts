import db from '@adonisjs/lucid/services/db'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { KhataInvitationSchema } from '#database/schema'
import { DateTime } from 'luxon'
import { InvitationRefused } from '#exceptions/invitation_refused'
import Khata from '#models/khata'
import { joinKhata } from '#models/khata_join'
import KhataRequest from '#models/khata_request'
import { takeTurnAt, takeTurnOf } from '#models/khata_turn'
import Shop from '#models/shop'
import User from '#models/user'
import { within } from '#models/within'
import { digestOfKhataCode, newKhataCode } from '#models/khata_code'

const VALID_FOR = { username: { days: 30 }, code: { days: 7 } }

/**
 * A shop offers credit to a username, or to the customer who enters a code.
 *
 * `username` is as the owner typed it, null for a code. `customerId` is null when no customer has that username,
 * or nobody has entered the code. `khataId` is a khata kept by name, which the account then joins.
 */
export default class KhataInvitation extends KhataInvitationSchema {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  @belongsTo(() => Khata)
  declare khata: BelongsTo<typeof Khata>

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
  static makeCode(shop: Shop, limitPaise: number, outer?: TransactionClientContract) {
    return this.#writeCode({ shopId: shop.id, limitPaise }, outer)
  }

  /** Creates a code that joins the khata to the account of who enters it; earlier ones end. */
  static makeJoiningCode(named: Khata, outer?: TransactionClientContract) {
    return within(outer, async (client) => {
      await this.#takeTurn({ id: named.shopId }, client)
      await named.holdByName(client)
      await this.endJoining(named, client)
      const { id: khataId, shopId, limitPaise } = named
      return this.#writeCode({ shopId, limitPaise, khataId }, client)
    })
  }

  /** The invitation of a customer who asked for it. @throws InvitationRefused when the khata cannot be joined */
  static async toJoin(named: Khata, customer: User, client: TransactionClientContract) {
    const { username } = customer
    const { id: khataId, limitPaise, shopId } = await named.holdByName(client)
    await this.#waiting(client).where({ shopId, username }).update({ state: 'withdrawn' })
    const expiresAt = DateTime.now().plus(VALID_FOR.username)
    const values = { shopId, username, customerId: customer.id, limitPaise, expiresAt, khataId }
    return this.create(values, { client })
  }

  /** Called when the khata is closed or joined: its codes can no longer be entered. */
  static async endJoining({ id: khataId }: Khata, client: TransactionClientContract) {
    await this.query({ client }).where({ khataId, state: 'waiting' }).update({ state: 'withdrawn' })
  }

  static async #writeCode(
    values: Partial<KhataInvitation>,
    outer?: TransactionClientContract
  ): Promise<string> {
    const code = newKhataCode()
    const codeDigest = digestOfKhataCode(code)
    const expiresAt = DateTime.now().plus(VALID_FOR.code)
    await within(outer, async (client) => {
      await this.#takeTurn({ id: values.shopId! }, client)
      await this.create({ ...values, codeDigest, expiresAt }, { client })
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
  static async #takeTurn({ id: shopId }: { id: string }, client: TransactionClientContract) {
    await takeTurnAt(shopId, client)
    await this.query({ client })
      .where({ shopId })
      .whereNot('state', 'accepted')
      .whereRaw('expires_at <= now()')
      .delete()
  }

  /** Opens the khata with the offered limit, or joins it. @throws InvitationRefused */
  async accept(customer: User, outer?: TransactionClientContract): Promise<Khata> {
    return within(outer, async (client) => {
      await takeTurnOf(customer.id, client)
      await takeTurnAt(this.shopId, client)
      const invitation = await this.#hold(client)
      const between = { shopId: invitation.shopId, customerId: customer.id }
      if (invitation.state === 'accepted' && invitation.customerId === customer.id) {
        return Khata.query({ client }).where(between).firstOrFail()
      }
      if (!invitation.isWaiting) throw new InvitationRefused('invitation_gone')
      const khata = await invitation.#consent(customer, client)
      await KhataInvitation.#waiting(client).where(between).update({ state: 'withdrawn' })
      return khata
    })
  }

  async #consent(this: KhataInvitation, customer: User, client: TransactionClientContract) {
    const named = this.khataId ? await Khata.findOrFail(this.khataId, { client }) : null
    const held = await named?.holdByName(client)
    await this.merge({ state: 'accepted', customerId: customer.id }).save()
    if (!held) return Khata.openWith(this, client)
    const khata = await joinKhata(held, this, client)
    await KhataInvitation.endJoining(held, client)
    await KhataRequest.endAll({ shopId: this.shopId, customerId: customer.id }, client)
    return khata
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
