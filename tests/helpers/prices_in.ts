import { readAmount } from '#numbers/amount'

const CARD = /class="price">₹([\d,.]+)<[^]*?name="product_id" value="([^"]+)"/g

/** The price in paise of each product in the HTML of a list. */
export function pricesIn(html: string) {
  return new Map([...html.matchAll(CARD)].map(([, rupees, id]) => [id, readAmount(rupees)!]))
}
