import type { Step } from './linearizable.js'

/** What was done with a stock. */
export type StockOperation =
  | { did: 'take'; quantity: number }
  /** Refused, since only `left` were left. */
  | { did: 'short'; quantity: number; left: number }
  /** `after` is the stock that the answer said; null without an answer. */
  | { did: 'add'; quantity: number; after: number | null }
  | { did: 'read'; stock: number }

/** A stock is never below zero. */
export const stockStep: Step<StockOperation, number> = (stock, operation) => {
  switch (operation.did) {
    case 'take':
      return stock >= operation.quantity ? stock - operation.quantity : null
    case 'short':
      return stock === operation.left && stock < operation.quantity ? stock : null
    case 'add': {
      const after = stock + operation.quantity
      return operation.after === null || operation.after === after ? after : null
    }
    case 'read':
      return stock === operation.stock ? stock : null
  }
}

/** What was done with a khata, in paise. */
export type KhataOperation =
  | { did: 'charge' | 'over the limit' | 'settle' | 'more than owed'; paise: number }
  | { did: 'read'; paise: number }

/** The amount owed: never above the limit, never below zero. */
export function khataStep(limit: number): Step<KhataOperation, number> {
  return (owed, { did, paise }) => {
    switch (did) {
      case 'charge':
        return owed + paise <= limit ? owed + paise : null
      case 'over the limit':
        return owed + paise > limit ? owed : null
      case 'settle':
        return paise <= owed ? owed - paise : null
      case 'more than owed':
        return paise > owed ? owed : null
      case 'read':
        return paise === owed ? owed : null
    }
  }
}
