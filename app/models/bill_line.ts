import { BillLineSchema } from '#database/schema'

/**
 * What a bill charges for one item. `quantity` is what was packed; `feePaise` is the line's share of the delivery fee,
 * `gstBasisPoints` null when the shop has not stated the rate.
 */
export default class BillLine extends BillLineSchema {
  get valuePaise() {
    return this.amountPaise + this.feePaise
  }
}
