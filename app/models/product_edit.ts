import { errors } from '@adonisjs/lucid'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract, TransactionClientContract } from '@adonisjs/lucid/types/database'
import { goodsOf, isCountedAlike, type Goods } from '#measures/goods'
import Product from '#models/product'

export type EditedField = 'stock' | 'category' | 'withdrawn'

/** The goods are those that a stock counted. */
interface EditedRow extends Goods {
  id: string
  before: number | string | boolean | null
  after: number | string | boolean | null
}

/** For so long it can be undone. */
const FRESH = `made_at > now() - interval '10 minutes' AND undone_at IS NULL`

/**
 * Sets a field of many products at once, and notes what each was.
 *
 * @returns the edit's id, null when all were so already; and how many are gone, because they were deleted
 */
export async function editProducts(
  shopId: string,
  ids: string[],
  field: EditedField,
  valueFor: (product: Product) => EditedRow['after'],
  client: TransactionClientContract
): Promise<{ id: string | null; gone: number }> {
  const products = await Product.hold(shopId, ids, client)
  const gone = new Set(ids).size - products.length
  const rows: EditedRow[] = []
  for (const product of products) {
    const [before, after] = [product[field], valueFor(product)]
    if (before === after) continue
    await Object.assign(product, { [field]: after }).save()
    rows.push({ id: product.id, before, after, ...goodsOf(product) })
  }
  if (rows.length === 0) return { id: null, gone }
  const edit = { shop_id: shopId, field, rows: JSON.stringify(rows) }
  const [{ id }] = await client.table('product_edits').insert(edit).returning('id')
  return { id, gone }
}

/** An edit that can still be undone: the field, and how many products it changed. */
export async function freshEdit(
  shopId: string,
  id: string,
  client: QueryClientContract = db.connection()
) {
  const { rows } = await client.rawQuery(
    `SELECT id, field, jsonb_array_length(rows) AS count, rows -> 0 -> 'after' AS value
     FROM product_edits WHERE id = ? AND shop_id = ? AND ${FRESH}`,
    [id, shopId]
  )
  return (rows[0] ?? null) as {
    id: string
    field: EditedField
    count: number
    value: EditedRow['after']
  } | null
}

/**
 * Sets the products back that are still as the edit made them, and whose stock is still counted alike.
 *
 * @returns how many, and how many stay because they were changed or deleted since; why not, if it cannot be undone
 * @throws E_ROW_NOT_FOUND when the shop has no such edit
 */
export function undoEdit(shopId: string, id: string) {
  return db.transaction(async (client) => {
    const { rows } = await client.rawQuery(
      `UPDATE product_edits SET undone_at = now() WHERE id = ? AND shop_id = ? AND ${FRESH} RETURNING field, rows`,
      [id, shopId]
    )
    if (rows.length === 0) return whyNot(shopId, id, client)
    const [{ field, rows: edited }] = rows as { field: EditedField; rows: EditedRow[] }[]
    const changed = new Map(edited.map((row) => [row.id, row]))
    let undone = 0
    for (const product of await Product.hold(shopId, [...changed.keys()], client)) {
      const row = changed.get(product.id)!
      if (product[field] !== row.after) continue
      if (field === 'stock' && !isCountedAlike(product, row)) continue
      await Object.assign(product, { [field]: row.before }).save()
      undone++
    }
    return { undone, kept: changed.size - undone }
  })
}

async function whyNot(shopId: string, id: string, client: TransactionClientContract) {
  const edit = { shop_id: shopId, id }
  const [row] = await client.from('product_edits').where(edit).select('undone_at')
  if (!row) throw new errors.E_ROW_NOT_FOUND()
  return { refused: row.undone_at ? ('is_undone' as const) : ('too_late' as const) }
}
