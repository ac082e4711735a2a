import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { DatabaseError } from 'pg'
import { StepStands } from '#exceptions/step_stands'
import { TransitionRefused } from '#exceptions/transition_refused'
import Khata from '#models/khata'
import { OrderPayments } from '#models/order_payments'
import { stateBefore, type OrderState } from '#models/order_state'
import Shop from '#models/shop'
import type Order from '#models/order'
import type User from '#models/user'

/** Whether to offer that a step is undone. The guard in the database decides. */
export const STEP_IS_FRESH = `stepped_at > now() - interval '10 seconds'`

const IN_TIME = 'orders_step_back_in_time'

/** Steps that an owner takes by mistake. */
export class OrderSteps extends OrderPayments {
  async canStepBack(client: QueryClientContract = db.connection()) {
    if (!this.steppedAt) return false
    const { id } = this
    return (await client.from('orders').where({ id }).whereRaw(STEP_IS_FRESH).first()) !== null
  }

  /**
   * Undoes the last step forward within ten seconds of it.
   *
   * @param seen the state that the step led to
   * @throws TransitionRefused when it is in another state, or what the order belongs to was closed meanwhile
   * @throws StepStands after ten seconds
   */
  async stepBack(owner: User, seen: OrderState) {
    const to = stateBefore({ state: seen, fulfilment: this.fulfilment })
    const work = async (order: Order, client: TransactionClientContract) => {
      const isPossible = to && order.state === seen && (await isKeptOpen(order, client))
      if (!isPossible) throw new TransitionRefused(order, 'step back', to)
      order.merge({ state: to, steppedAt: null })
      return { subject: 'undone', fromValue: seen, toValue: to } as const
    }
    await this.change(owner, work).catch((error: DatabaseError) => {
      throw error.constraint === IN_TIME ? new StepStands(this as unknown as Order, error) : error
    })
  }
}

/** A delivered order would be open again: its shop and khata stay open for it, or are closed already. */
async function isKeptOpen(
  { shopId, customerId, paymentMethod }: Order,
  client: TransactionClientContract
) {
  if (!shopId || !(await Shop.open(client).where('id', shopId).forShare().first())) return false
  if (paymentMethod !== 'khata') return true
  const khata = await Khata.query({ client }).where({ shopId, customerId }).forShare().first()
  return khata !== null && khata.isOpen
}
