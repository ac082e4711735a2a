import {
  checkMost,
  checkSmallest,
  readPortion,
  stepped,
  type Portion,
  type Sold,
} from '#measures/portion'
import { isLoose } from '#measures/goods'

/** What a card asks for: a button's quantity, a typed amount, or the usual. */
interface Asked {
  quantity?: number
  amount?: string | null
}

/**
 * What is to be added to what the cart has.
 *
 * @throws PortionRefused
 */
export function askedPortion(asked: Asked, sold: Sold, inCart = 0): Portion {
  const portion = portionOf(asked, sold)
  if (!isLoose(sold)) return portion
  checkSmallest(portion, sold)
  checkMost(inCart + portion.quantity, sold)
  return portion
}

/**
 * What a line of the cart is to be.
 *
 * @throws PortionRefused
 */
export function typedPortion(amount: string, sold: Sold): Portion {
  const portion = readPortion(amount, sold)
  checkMost(portion.quantity, sold)
  return portion
}

/**
 * A step from what the page showed.
 *
 * @throws PortionRefused
 */
export function askedStep(by: number, sold: Sold, from: number): number {
  const quantity = stepped(from, by, sold)
  if (by > 0) checkMost(quantity, sold)
  return quantity
}

function portionOf({ quantity, amount }: Asked, sold: Sold): Portion {
  if (quantity !== undefined) return { quantity, worthPaise: null }
  if (amount) return readPortion(amount, sold)
  return { quantity: sold.smallest ?? 1, worthPaise: null }
}
