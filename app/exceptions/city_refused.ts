import { Exception } from '@adonisjs/core/exceptions'
import type { DatabaseError } from 'pg'

const LENGTH = 'A name of a city has 1 to 80 characters'

/** What is wrong with the names of a city, by the database's code. */
const REASONS: Record<string, string> = {
  '23502': LENGTH,
  '23514': LENGTH,
  '23505': 'Another city has one of these names',
}

/** The names cannot be those of a city. */
export class CityRefused extends Exception {
  static code = 'E_CITY_REFUSED'
  static status = 422

  static from(error: DatabaseError) {
    const reason = REASONS[error.code ?? '']
    return reason ? new CityRefused(reason, { cause: error }) : error
  }
}
