import db from '@adonisjs/lucid/services/db'
import cities from '../../database/cities.json' with { type: 'json' }
import { emptyDatabase } from '#tests/helpers/database'

/** Without shops and people, and with the cities that a new database knows. */
export async function emptyWithCities() {
  await emptyDatabase()
  await db.rawQuery('DELETE FROM cities')
  await db.rawQuery(
    `INSERT INTO cities (name, name_hi, other_names)
     SELECT name, "nameHi", coalesce("otherNames", '{}')
     FROM jsonb_to_recordset(?) AS city (name text, "nameHi" text, "otherNames" text[])`,
    [JSON.stringify(cities)]
  )
}
