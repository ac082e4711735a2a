import { BATCH, type Chore } from '#housekeeping/chore'

const UNUSED = `name_hi IS NULL AND other_names = '{}' AND NOT EXISTS (SELECT FROM shops WHERE city = cities.name)`

/**
 * Cities that only a shop had, which has moved or is gone. A shop that opens there locks the row: it commits before the
 * second check, or waits and adds the city again.
 */
export const unusedCities: Chore = {
  table: 'cities',
  async remove(client) {
    const { rows } = await client.rawQuery(
      `SELECT name FROM cities WHERE ${UNUSED} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`
    )
    const names = rows.map(({ name }: { name: string }) => name)
    const { rowCount } = await client.rawQuery(
      `DELETE FROM cities WHERE name = ANY(?::text[]) AND ${UNUSED}`,
      [names]
    )
    return rowCount
  },
}
