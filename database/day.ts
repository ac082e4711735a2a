import { column } from '@adonisjs/lucid/orm'
import { DateTime } from 'luxon'

/** A date column as `2026-11-28`: a day has no time zone. The driver makes it midnight where the server is. */
export function day() {
  return column({
    consume: (value) => (value instanceof Date ? DateTime.fromJSDate(value).toISODate() : value),
  })
}
