import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { errors } from '@adonisjs/lucid'
import Product from '#models/product'

type Client = Pick<QueryClientContract, 'rawQuery'>

/** Since the day began in India. */
const TODAY = `date_trunc('day', now(), 'Asia/Kolkata')`

/** A condition on products. The database notes each change of a price. */
export const CHANGED_TODAY = `EXISTS (SELECT FROM price_changes
  WHERE product_id = products.id AND made_at >= ${TODAY})`

/** All that the transaction of this row changed in the shop. */
const WHOLE = `
  FROM price_changes AS one JOIN price_changes AS changed
    USING (shop_id, made_at, transaction)
  JOIN products ON products.id = changed.product_id
  WHERE one.id = :id AND shop_id = :shopId`

/** A price that was changed with others. `nowPaise` differs from `afterPaise` when it changed again since. */
export interface ChangedPrice {
  productId: string
  name: string
  nameHi: string | null
  unit: string
  beforePaise: number
  afterPaise: number
  nowPaise: number
}

export interface PriceChange {
  id: string
  madeAt: Date
  total: number
}

/** What the transaction has changed so far in the shop; null when no price. */
export async function changeBy(client: TransactionClientContract, shopId: string) {
  const { rows } = await client.rawQuery(
    `SELECT id FROM price_changes
     WHERE shop_id = ? AND made_at = now() AND transaction = pg_current_xact_id() LIMIT 1`,
    [shopId]
  )
  return rows.length ? (rows[0].id as string) : null
}

/** The latest change of today; null when there is none. */
export async function latestChange(
  shopId: string,
  client: Client = db
): Promise<PriceChange | null> {
  const { rows } = await client.rawQuery(
    `SELECT min(id::text) AS id, made_at, count(*)::integer AS total FROM price_changes
     WHERE shop_id = ? AND made_at >= ${TODAY}
     GROUP BY made_at, transaction ORDER BY made_at DESC LIMIT 1`,
    [shopId]
  )
  return rows.length ? { id: rows[0].id, madeAt: rows[0].made_at, total: rows[0].total } : null
}

/** The change with its prices by name. @throws E_ROW_NOT_FOUND (404) */
export async function findChange(shopId: string, id: string, client: Client = db) {
  const { rows } = await client.rawQuery(
    `SELECT products.id AS "productId", name, name_hi AS "nameHi", unit, made_at AS "madeAt",
       before_paise AS "beforePaise", after_paise AS "afterPaise", price_paise AS "nowPaise"
     ${WHOLE} ORDER BY name_key(name)`,
    { id, shopId }
  )
  if (rows.length === 0) throw new errors.E_ROW_NOT_FOUND()
  return { id, madeAt: rows[0].madeAt as Date, prices: rows as ChangedPrice[] }
}

/**
 * Sets the prices of a change back. Those that changed again since stay, and those that would be above an MRP by now.
 *
 * @returns how many were set back, and how many stay
 * @throws E_ROW_NOT_FOUND (404)
 */
export function undoChange(shopId: string, id: string) {
  return db.transaction(async (client) => {
    const { prices } = await findChange(shopId, id, client)
    const ids = prices.map(({ productId }) => productId)
    await Product.hold(shopId, ids, client)
    const { rowCount: undone } = await client.rawQuery(
      `UPDATE products SET price_paise = changed.before_paise, updated_at = now()
       FROM price_changes AS changed, price_changes AS one
       WHERE one.id = :id AND one.shop_id = :shopId
         AND (changed.shop_id, changed.made_at, changed.transaction)
           = (one.shop_id, one.made_at, one.transaction)
         AND products.id = changed.product_id AND products.price_paise = changed.after_paise
         AND changed.before_paise <= coalesce(products.mrp_paise, changed.before_paise)`,
      { id, shopId }
    )
    return { undone: undone as number, left: prices.length - undone }
  })
}
