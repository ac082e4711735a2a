import db from '@adonisjs/lucid/services/db'

/** Existing demo data, and what is connected to it. */
export interface DemoStock {
  accounts: number
  shops: number
  products: number
  /** Of demo accounts at demo shops. */
  orders: number
  /** Demo shops with orders or khata entries of other people. */
  sharedShops: number
}

const STOCK = `
  WITH demo AS (SELECT id FROM users WHERE is_demo),
    own AS (SELECT id FROM shops WHERE owner_id IN (SELECT id FROM demo)),
    shared AS (
      SELECT shop_id FROM orders WHERE customer_id NOT IN (SELECT id FROM demo)
      UNION
      SELECT shop_id FROM khatas JOIN khata_transactions ON khata_id = khatas.id
      WHERE customer_id NOT IN (SELECT id FROM demo)
    )
  SELECT
    (SELECT count(*)::int FROM demo) AS accounts,
    (SELECT count(*)::int FROM own) AS shops,
    (SELECT count(*)::int FROM products WHERE shop_id IN (SELECT id FROM own)) AS products,
    (SELECT count(*)::int FROM orders
      WHERE shop_id IN (SELECT id FROM own) AND customer_id IN (SELECT id FROM demo)) AS orders,
    (SELECT count(*)::int FROM own WHERE id IN (SELECT shop_id FROM shared)) AS "sharedShops"`

export async function demoStock(): Promise<DemoStock> {
  const { rows } = await db.rawQuery(STOCK)
  return rows[0]
}
