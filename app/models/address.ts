import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { AddressSchema } from '#database/schema'
import { addressText } from '#models/address_text'
import { withinAllowance } from '#models/allowance'
import { within } from '#models/within'
import type User from '#models/user'

export type AddressValues = Pick<Address, 'line' | 'pinCode' | 'mobile'> &
  Partial<Pick<Address, 'label' | 'landmark' | 'city'>>

/** Where a person has orders delivered. One of theirs is the default, as long as there are any. */
export default class Address extends AddressSchema {
  /** The default first. */
  static of({ id }: User, client?: QueryClientContract) {
    return this.query({ client }).where('user_id', id).orderBy('is_default', 'desc').orderBy('id')
  }

  static defaultOf(user: User, client?: QueryClientContract): Promise<Address | null> {
    return this.of(user, client).where('is_default', true).first()
  }

  /**
   * The first one becomes the default. One that is there already is not added again.
   *
   * @throws AllowanceReached
   */
  static add(user: User, values: AddressValues, outer?: TransactionClientContract) {
    return within(outer, (client) =>
      withinAllowance(user.id, 'addresses', client, async () => {
        const known = await this.of(user, client)
        const fresh = new this().fill({ ...values, userId: user.id, isDefault: known.length === 0 })
        const same = known.find(
          ({ mobile, text }) => text === fresh.text && mobile === fresh.mobile
        )
        return same ?? fresh.useTransaction(client).save()
      })
    )
  }

  /** As an order keeps it. */
  get text() {
    return addressText(this)
  }

  get details() {
    const { id, label, line, landmark, city, pinCode, mobile, isDefault, text } = this
    return { id, label, line, landmark, city, pinCode, mobile, isDefault, text }
  }

  /** @throws E_ROW_NOT_FOUND (404) when it was removed meanwhile */
  makeDefault(): Promise<void> {
    return within(undefined, async (client) => {
      await takeTurn(this.userId, client)
      const row = await Address.query({ client }).where('id', this.id).firstOrFail()
      await defaultsOf(this.userId, client).update({ is_default: false })
      await row.merge({ isDefault: true }).save()
    })
  }

  /** The oldest of the others becomes the default in its place. */
  remove() {
    return within(undefined, async (client) => {
      await takeTurn(this.userId, client)
      await this.useTransaction(client).delete()
      if (await defaultsOf(this.userId, client).first()) return
      const next = await Address.query({ client })
        .where('user_id', this.userId)
        .orderBy('id')
        .first()
      await next?.merge({ isDefault: true }).save()
    })
  }
}

/** Changes of which address is the default come one after the other. */
function takeTurn(userId: string, client: TransactionClientContract) {
  return client.rawQuery('SELECT FROM users WHERE id = ? FOR NO KEY UPDATE', [userId])
}

function defaultsOf(userId: string, client: TransactionClientContract) {
  return client.from('addresses').where({ user_id: userId, is_default: true })
}
