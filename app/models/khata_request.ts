import db from '@adonisjs/lucid/services/db'
import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { DateTime } from 'luxon'
import { KhataRequestSchema } from '#database/schema'
import { InvitationRefused } from '#exceptions/invitation_refused'
import type Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import { takeTurnAt, takeTurnOf } from '#models/khata_turn'
import Shop from '#models/shop'
import User from '#models/user'

const VALID_FOR = { days: 30 }

/** A customer asks a shop to join the khata that it keeps for them by name to their account. */
export default class KhataRequest extends KhataRequestSchema {
  @belongsTo(() => Shop)
  declare shop: BelongsTo<typeof Shop>

  @belongsTo(() => User, { foreignKey: 'customerId' })
  declare customer: BelongsTo<typeof User>

  /** Requests that wait for an answer, newest first. */
  static waiting(client?: TransactionClientContract) {
    return this.query({ client })
      .where('state', 'waiting')
      .whereRaw('expires_at > now()')
      .orderBy('id', 'desc')
  }

  /** Asks the shop, once. @throws InvitationRefused when it has closed */
  static ask(shop: Shop, customer: User): Promise<KhataRequest> {
    return db.transaction(async (client) => {
      await takeTurnOf(customer.id, client)
      await takeTurnAt(shop.id, client)
      const between = { shopId: shop.id, customerId: customer.id }
      const expiresAt = DateTime.now().plus(VALID_FOR)
      const earlier = await this.waiting(client).where(between).first()
      if (earlier) return earlier
      await this.endAll(between, client)
      return this.create({ ...between, expiresAt }, { client })
    })
  }

  /** Called when the shop closes, or the customer has joined a khata there in another way. */
  static async endAll(
    of: { shopId: string; customerId?: string },
    client: TransactionClientContract
  ) {
    const waiting = this.query({ client }).where({ ...of, state: 'waiting' })
    await waiting.update({ state: 'withdrawn' })
  }

  /**
   * The owner says whose khata it is. The request is the customer's consent.
   *
   * @throws InvitationRefused when the request was answered, or the khata is another account's by now
   */
  confirm(named: Khata): Promise<Khata> {
    return db.transaction(async (client) => {
      await takeTurnOf(this.customerId, client)
      await takeTurnAt(this.shopId, client)
      const request = await this.#hold(client)
      if (!request.isWaiting) throw new InvitationRefused('request_gone')
      const customer = await User.findOrFail(this.customerId, { client })
      await request.merge({ state: 'confirmed' }).save()
      const invitation = await KhataInvitation.toJoin(named, customer, client)
      return invitation.accept(customer, client)
    })
  }

  /** By the owner. @throws InvitationRefused */
  decline() {
    return this.#end('declined')
  }

  /** By the customer. @throws InvitationRefused */
  withdraw() {
    return this.#end('withdrawn')
  }

  get isWaiting() {
    return this.state === 'waiting' && this.expiresAt > DateTime.now()
  }

  async #end(state: 'declined' | 'withdrawn') {
    await db.transaction(async (client) => {
      const request = await this.#hold(client)
      if (request.state === state) return
      if (!request.isWaiting) throw new InvitationRefused('request_gone')
      await request.merge({ state }).save()
    })
  }

  #hold(client: TransactionClientContract) {
    return KhataRequest.query({ client }).where('id', this.id).forUpdate().firstOrFail()
  }
}
