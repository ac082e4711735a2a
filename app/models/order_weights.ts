import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { TransitionRefused } from '#exceptions/transition_refused'
import { WeightRefused } from '#exceptions/weight_refused'
import { baseAmount } from '#measures/base_amount'
import { isCountedAlike } from '#measures/goods'
import Khata from '#models/khata'
import { OrderSteps } from '#models/order_steps'
import Product from '#models/product'
import type Order from '#models/order'
import type OrderItem from '#models/order_item'
import type User from '#models/user'

export const ANSWERS = ['agree', 'keep'] as const
export type Answer = (typeof ANSWERS)[number]

export type Weighed = 'corrected' | 'asked' | 'unchanged'

/** What the scale says of loose items while they are packed. */
export class OrderWeights extends OrderSteps {
  /**
   * Charges what the scale says, within the tolerance that the customer agreed to. Beyond it the customer is asked
   * first, which takes the place of an earlier question.
   *
   * @param seen the weight that the owner's page showed
   * @throws TransitionRefused when the item is not being packed
   * @throws WeightRefused when another weight was entered meanwhile, or stock or khata do not have that much
   */
  async weigh(itemId: string, quantity: number, owner: User, seen?: number): Promise<Weighed> {
    let outcome: Weighed = 'unchanged'
    await this.change(owner, async (order, client) => {
      const item = await itemOf(order, itemId, 'weigh')
      if (isAlready(item, quantity)) return null
      if (seen !== undefined && seen !== item.weight) throw new WeightRefused('changed')
      if (order.amountOf(item, quantity) === 0) throw new WeightRefused('worthless')
      const [before, after] = [item.charged, quantity].map((amount) => baseAmount(amount, item))
      if (order.tolerates(item, quantity)) {
        await charge(order, item, quantity, owner, client)
        const { name: reason, amountPaise } = item
        outcome = 'corrected'
        return { subject: 'weight', fromValue: before, toValue: after, reason, amountPaise }
      }
      await stockFor(item, quantity, client)
      await item.merge({ askedQuantity: quantity }).save()
      outcome = 'asked'
      return { subject: 'question', fromValue: after, toValue: 'asked', reason: item.name }
    })
    return outcome
  }

  /**
   * The customer agrees to the weight, or keeps to what was ordered: then the question is dropped.
   *
   * @param asked the weight that the customer's page showed
   * @throws TransitionRefused when there is no such question (any more)
   * @throws WeightRefused when stock or khata do not have that much any more
   */
  async answer(itemId: string, answer: Answer, asked: number, customer: User) {
    await this.change(customer, async (order, client) => {
      const item = await itemOf(order, itemId, 'answer')
      const isAnswered = item.askedQuantity === null
      if (isAnswered && (answer === 'keep' || item.packedQuantity === asked)) return null
      if (item.askedQuantity !== asked) throw new TransitionRefused(order, 'answer')
      const line = { fromValue: baseAmount(asked, item), reason: item.name } as const
      if (answer === 'keep') {
        await item.merge({ askedQuantity: null }).save()
        return { subject: 'question', toValue: 'kept', ...line }
      }
      await charge(order, item, asked, customer, client)
      const { amountPaise } = item
      return { subject: 'question', toValue: 'agreed', ...line, amountPaise }
    })
  }
}

async function itemOf(order: Order, id: string, wanted: string) {
  const item = await order.related('items').query().where('id', id).first()
  if (!item?.isLoose || !item.available || order.state !== 'accepted') {
    throw new TransitionRefused(order, wanted)
  }
  return item
}

function isAlready({ askedQuantity, packedQuantity }: OrderItem, quantity: number) {
  return (askedQuantity ?? packedQuantity) === quantity
}

/** Stock, amount and khata follow the weight. */
async function charge(
  order: Order,
  item: OrderItem,
  quantity: number,
  actor: User,
  client: TransactionClientContract
) {
  const { productId } = item
  const moved = await stockFor(item, quantity, client)
  if (moved !== 0) await Product.takeOut([{ productId, quantity: moved }], client)
  const amountPaise = order.amountOf(item, quantity)
  item.merge({ packedQuantity: quantity, askedQuantity: null })
  const difference = await order.chargeFor(item, amountPaise)
  if (order.paymentMethod === 'khata') await Khata.correct(order, difference, actor, client)
}

/** By how much the stock of the product, now locked, falls; 0 when it is gone, or counted in another unit by now. */
async function stockFor(item: OrderItem, quantity: number, client: TransactionClientContract) {
  const product =
    item.productId &&
    (await Product.query({ client }).where('id', item.productId).forUpdate().first())
  if (!product || !isCountedAlike(product, item)) return 0
  const moved = quantity - item.charged
  if (moved > product.stock) throw new WeightRefused('short', product.stock)
  return moved
}
