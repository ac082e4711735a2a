import type { Infer } from '@vinejs/vine/types'
import { lineOf, type CartItem } from '#cart/cart_item'
import type { Goods } from '#measures/goods'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type { CheckoutRequest } from '#orders/checkout'
import type { checkoutValidator } from '#validators/checkout'

type Submission = Infer<typeof checkoutValidator>

/** The request to the shop. */
export function requestOf(submission: Submission): CheckoutRequest {
  return {
    offer: {
      items: submission.items.map((item) => {
        return {
          productId: item.product_id,
          quantity: item.quantity,
          pricePaise: item.price_paise,
          cartLine: item.cart_line ?? null,
        }
      }),
      deliveryFeePaise: submission.delivery_fee_paise,
      tolerancePercent: submission.tolerance_percent ?? 0,
    },
    fulfilment: submission.fulfilment,
    paymentMethod: submission.payment_method,
    address: submission.address ?? null,
    mobile: submission.mobile,
    note: submission.note ?? null,
    missingItems: submission.missing_items,
  }
}

/** Goods that are in no cart are shown as the shop has them. */
const UNKNOWN: Goods = { measure: 'pieces', soldAs: 'packed', netQuantity: 1 }

/** The submitted items with their names from the cart, so the page can show what changed since. */
export function agreedItems(
  inCart: CartItem[],
  items: Submission['items'],
  { id, name, city }: Shop
): CartItem[] {
  return items.map(({ product_id: productId, quantity, price_paise: pricePaise, cart_line }) => {
    const known = inCart.find((item) => item.productId === productId)
    const unnamed = { name: '', nameHi: null, unit: '', ...UNKNOWN, shop: { id, name, city } }
    return { ...unnamed, ...known, productId, quantity, pricePaise, line: cart_line ?? null }
  })
}

/** A single product, independent of the cart. */
export function boughtNow(product: Product, quantity: number): CartItem[] {
  return [{ ...lineOf(product, quantity), line: null }]
}
