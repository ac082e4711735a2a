import { BATCH, type Chore } from '#housekeeping/chore'

/** Skips names that an owner is just trying out. */
const UNUSED = `
  uuid_extract_timestamp(id) < now() - interval '1 hour' AND NOT CASE kind
    WHEN 'product' THEN EXISTS (
      SELECT FROM products WHERE products.name = known.name AND coalesce(name_hi, '') = detail
    )
    WHEN 'shop' THEN EXISTS (SELECT FROM shops WHERE shops.name = known.name AND city = detail)
    ELSE EXISTS (SELECT FROM shops WHERE city = known.name)
  END`

/**
 * Search names no longer used by any product, shop or city. Reusing a name locks its row: it commits before the
 * second check, or waits and inserts the name again.
 */
export const unusedNames: Chore = {
  table: 'search_names',
  async remove(client) {
    const { rows } = await client.rawQuery(
      `SELECT id FROM search_names AS known WHERE ${UNUSED} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
    )
    const ids = rows.map(({ id }: { id: string }) => id)
    const { rowCount } = await client.rawQuery(
      `DELETE FROM search_names AS known WHERE id = ANY(?::uuid[]) AND ${UNUSED}`,
      [ids]
    )
    return rowCount
  },
}
