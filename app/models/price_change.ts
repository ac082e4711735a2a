import db from '@adonisjs/lucid/services/db'
import { errors } from '@adonisjs/lucid'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { isPricedAlike, type Goods } from '#measures/goods'
import Product from '#models/product'

/** Prices that were changed together, today. The id is that of its first row. */
export interface PriceChange {
  id: string
  count: number
  madeAt: Date
}

const LAST = `
  SELECT (array_agg(id ORDER BY id))[1] AS id, count(*)::integer AS count, max(made_at) AS "madeAt"
  FROM price_changes WHERE shop_id = :shopId AND transaction = (
    SELECT transaction FROM price_changes
    WHERE shop_id = :shopId AND made_at >= date_trunc('day', now(), 'Asia/Kolkata')
    ORDER BY made_at DESC, id DESC LIMIT 1
  ) HAVING count(*) > 0`

const TOGETHER = `
  SELECT product_id AS id, (array_agg(before_paise ORDER BY id))[1] AS before,
    (array_agg(after_paise ORDER BY id DESC))[1] AS after,
    (array_agg(measure ORDER BY id))[1] AS measure, (array_agg(sold_as ORDER BY id))[1] AS "soldAs",
    (array_agg(net_quantity ORDER BY id))[1] AS "netQuantity"
  FROM price_changes WHERE shop_id = :shopId AND transaction = (
    SELECT transaction FROM price_changes WHERE shop_id = :shopId AND id = :id)
  GROUP BY product_id`

/** The goods as they were before. */
interface Changed extends Goods {
  id: string
  before: number
  after: number
}

/** The last change of prices today, by a form, the API or an import. */
export async function lastPriceChange(
  shopId: string,
  client: Pick<QueryClientContract, 'rawQuery'> = db
): Promise<PriceChange | null> {
  const { rows } = await client.rawQuery(LAST, { shopId })
  return rows[0] ?? null
}

/**
 * Sets prices that were changed together back, in one transaction. Those that were changed since stay, those that are
 * for another amount by now, and those whose MRP is lower by now. @throws E_ROW_NOT_FOUND (404)
 */
export function undoPriceChange(shopId: string, id: string) {
  return db.transaction(async (client) => {
    const { rows } = await client.rawQuery(TOGETHER, { shopId, id })
    if (rows.length === 0) throw new errors.E_ROW_NOT_FOUND()
    const changed = new Map((rows as Changed[]).map((row) => [row.id, row]))
    let back = 0
    for (const product of await Product.hold(shopId, [...changed.keys()], client)) {
      const { before, after, ...goods } = changed.get(product.id)!
      if (!isPricedAlike(product, goods)) continue
      const isAllowed = before <= (product.mrpPaise ?? before)
      if (product.pricePaise === after && isAllowed)
        await product.merge({ pricePaise: before }).save()
      if (product.pricePaise === before) back++
    }
    return { back, stay: changed.size - back }
  })
}
