import { column } from '@adonisjs/lucid/orm'
import type { ColumnOptions } from '@adonisjs/lucid/types/model'

/** A column whose numbers PostgreSQL sends as text; those of this application are far below 2^53. */
export function bigint(options: Partial<ColumnOptions> = {}) {
  return column({ ...options, consume: (value) => (value === null ? null : Number(value)) })
}
