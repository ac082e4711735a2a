import { column } from '@adonisjs/lucid/orm'
import type { ColumnOptions } from '@adonisjs/lucid/types/model'

/** A bigint column as a number. PostgreSQL sends text; our values stay far below 2^53. */
export function bigint(options: Partial<ColumnOptions> = {}) {
  return column({ ...options, consume: (value) => (value === null ? null : Number(value)) })
}
