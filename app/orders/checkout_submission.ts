import type { Infer } from '@vinejs/vine/types'
import { lineOf, type CartItem } from '#cart/cart_item'
import { largestQuantity } from '#measures/goods'
import { goodsIn, isCountedIn, type BaseUnit } from '#measures/price_units'
import type Product from '#models/product'
import type Shop from '#models/shop'
import { slotOf } from '#hours/slots'
import type { CheckoutRequest } from '#orders/checkout'
import type { checkoutValidator } from '#validators/checkout'

type Submission = Infer<typeof checkoutValidator>

type WhereTo = Pick<CheckoutRequest, 'address' | 'pinCode' | 'mobile'>

/** The request to the shop. */
export function requestOf(submission: Submission, whereTo: WhereTo): CheckoutRequest {
  return {
    offer: {
      items: submission.items.map((item) => {
        return {
          productId: item.product_id,
          quantity: item.quantity,
          pricePaise: item.price_paise,
          baseUnit: item.base_unit ?? 'pack',
          netQuantity: item.net_quantity,
          cartLine: item.cart_line ?? null,
        }
      }),
      deliveryFeePaise: submission.delivery_fee_paise,
      tolerancePercent: submission.tolerance_percent ?? 0,
    },
    fulfilment: submission.fulfilment,
    paymentMethod: submission.payment_method,
    ...whereTo,
    note: submission.note ?? null,
    missingItems: submission.missing_items,
    slot: submission.slot ? slotOf(submission.slot) : null,
  }
}

/** The submitted items with their names from the cart, so the page can show what changed since. */
export function agreedItems(
  inCart: CartItem[],
  items: Submission['items'],
  { id, name, city }: Shop
): CartItem[] {
  return items.map((item) => {
    const { product_id: productId, quantity, price_paise: pricePaise, base_unit: unit } = item
    const known = inCart.find((line) => line.productId === productId)
    const goods = goodsIn(unit)
    const unnamed = { name: '', nameHi: null, unit: '', shop: { id, name, city } }
    const line = item.cart_line ?? null
    const netQuantity = item.net_quantity ?? known?.netQuantity ?? goods.netQuantity
    const measure = goods.soldAs === 'packed' ? (known?.measure ?? goods.measure) : goods.measure
    return {
      ...unnamed,
      ...known,
      ...goods,
      measure,
      netQuantity,
      productId,
      quantity,
      pricePaise,
      line,
    }
  })
}

/**
 * A single product, independent of the cart. Without a unit the quantity is of the product as it is sold; one that no
 * order takes is none.
 */
export function boughtNow(product: Product, asked?: number, unit?: BaseUnit): CartItem[] {
  const isCounted = !unit || isCountedIn(product, unit)
  const isTaken = asked !== undefined && !(isCounted && asked > largestQuantity(product))
  const quantity = isTaken ? asked : (product.smallest ?? 1)
  return [{ ...lineOf(product, quantity), ...(isCounted ? {} : goodsIn(unit)), line: null }]
}
