import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import Product from '#models/product'

const MOST = 20

const OFTEN = `
  SELECT items.product_id AS id, mode() WITHIN GROUP (ORDER BY items.quantity)::integer AS quantity
  FROM orders JOIN order_items AS items ON items.order_id = orders.id
    JOIN products ON products.id = items.product_id AND products.sold_as = items.sold_as
      AND (items.sold_as = 'packed' OR products.measure = items.measure)
  WHERE orders.customer_id = ? AND orders.shop_id = ? AND orders.state = 'delivered' AND items.available
  GROUP BY items.product_id HAVING count(*) > 1
  ORDER BY count(*) DESC, max(orders.id::text) DESC
  LIMIT ${MOST}`

export interface Usual {
  id: string
  /** The usual one, in base units of what is sold loose. */
  quantity: number
}

/** What a customer gets from a shop again and again, the most frequent first; also what is out of stock by now. */
export async function usualOf(
  customerId: string,
  shopId: string,
  client: QueryClientContract = db.connection()
): Promise<Usual[]> {
  const { rows } = await client.rawQuery(OFTEN, [customerId, shopId])
  return rows
}

/** The same with the products that are for sale. */
export async function usualProducts(
  customerId: string,
  shopId: string,
  client: QueryClientContract
) {
  const usual = await usualOf(customerId, shopId, client)
  const ids = usual.map(({ id }) => id)
  const forSale = await Product.forSale(client).whereIn('id', ids)
  const products = new Map(forSale.map((product) => [product.id, product]))
  return usual.flatMap(({ id, quantity }) => {
    const product = products.get(id)
    return product ? { product, quantity } : []
  })
}
