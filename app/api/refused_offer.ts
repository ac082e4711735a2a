import { quantityWords } from '#api/quantity_words'
import { OrderRefused } from '#exceptions/order_refused'
import { toRupees } from '#locale/rupees'
import type { CheckoutChanged } from '#orders/checkout_changed'
import type { OfferChange } from '#orders/offer'

/** What the shop can no longer offer, as the API says it: 400 for unknown products, else 409. */
export function refusedOffer(error: CheckoutChanged) {
  const [change] = error.changes
  return new OrderRefused(describe(change), change.kind === 'gone' ? 400 : 409, error)
}

function describe(change: OfferChange) {
  if (change.kind === 'gone') return 'One or more products not found'
  if (change.kind === 'price_up') return `${change.name} costs ₹${toRupees(change.now)} now`
  if (change.kind === 'fee_up') return `Delivery costs ₹${toRupees(change.now)} now`
  if (change.kind === 'recounted') return `${change.name} is sold differently now`
  if (change.kind === 'repacked') return `${change.name} has another net quantity now`
  if (change.kind === 'tolerance_up') return `Weights may differ by ${change.now} % now`
  if (change.kind === 'short')
    return `Only ${quantityWords(change.stock, change.goods)} of ${change.name} left`
  return `${change.name} is sold from ${quantityWords(change.smallest, change.goods)}`
}
