import { Exception } from '@adonisjs/core/exceptions'
import { isLoose, largestQuantity, perOf, type Goods } from '#measures/goods'
import { readAmount } from '#measures/read_amount'
import { readWorth } from '#measures/read_worth'

/** Loose goods as they are sold now; packed goods have no `smallest`. */
export interface Sold extends Goods {
  smallest: number | null
  step: number | null
  presets: number[] | null
  pricePaise: number
  stock: number
}

export interface Portion {
  quantity: number
  /** What was to be spent, when that was said instead of an amount. */
  worthPaise: number | null
}

type Rule = 'unread' | 'off_step' | 'too_little' | 'too_much' | 'short'

/** An amount that cannot be bought. */
export class PortionRefused extends Exception {
  static code = 'E_PORTION_REFUSED'
  static status = 422

  constructor(
    readonly rule: Rule,
    /** Base units that the message names. */
    readonly amounts: { least?: number; most?: number } = {},
    readonly portion: Portion | null = null
  ) {
    super(`Portion refused: ${rule}`)
  }
}

/**
 * The portion that a customer typed: `250 g`, or `₹20` for as much as that buys. Rupees need not fit the step, and never
 * buy more than they pay for.
 *
 * @throws PortionRefused
 */
export function readPortion(text: string, sold: Sold): Portion {
  if (!isLoose(sold)) throw new PortionRefused('unread')
  const worthPaise = readWorth(text)
  const quantity =
    worthPaise === null
      ? readAmount(text, sold.measure)
      : Math.floor((worthPaise * perOf(sold)) / sold.pricePaise)
  if (quantity === null) throw new PortionRefused('unread')
  const portion = { quantity, worthPaise }
  checkSmallest(portion, sold)
  if (worthPaise === null) checkStep(quantity, sold)
  return portion
}

/** @throws PortionRefused */
export function checkSmallest(portion: Portion, { smallest }: Sold) {
  if (portion.quantity >= (smallest ?? 1)) return
  throw new PortionRefused('too_little', { least: smallest ?? 1 }, portion)
}

/** @throws PortionRefused for more than is in stock or can be ordered */
export function checkMost(quantity: number, sold: Sold) {
  const most = largestQuantity(sold)
  if (quantity > most) throw new PortionRefused('too_much', { most })
  if (quantity > sold.stock) throw new PortionRefused('short', { most: sold.stock })
}

/** The next amount up or down; 0 below the smallest. */
export function stepped(quantity: number, by: number, sold: Sold): number {
  const [smallest, step] = [sold.smallest ?? 1, sold.step ?? 1]
  if (by > 0) return Math.max(smallest, (Math.floor(quantity / step) + 1) * step)
  return quantity <= smallest ? 0 : Math.max(smallest, (Math.ceil(quantity / step) - 1) * step)
}

/** Whether there is less than can be bought. */
export function isSoldOut({ stock, smallest }: Pick<Sold, 'stock'> & { smallest?: number | null }) {
  return stock < (smallest ?? 1)
}

function checkStep(quantity: number, sold: Sold) {
  const step = sold.step ?? 1
  const offered = [sold.smallest, ...(sold.presets ?? [])]
  if (quantity % step === 0 || offered.includes(quantity)) return
  const [least, most] = [stepped(quantity, -1, sold), stepped(quantity, 1, sold)]
  const largest = largestQuantity(sold)
  if (most > largest) throw new PortionRefused('too_much', { most: largest - (largest % step) })
  throw new PortionRefused('off_step', { least, most })
}
