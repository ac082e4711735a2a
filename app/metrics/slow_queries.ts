import logger from '@adonisjs/core/services/logger'
import type { DbQueryEventNode } from '@adonisjs/lucid/types/database'
import { slowQueries } from '#metrics/metrics'

/** Milliseconds. */
const SLOW = 1_000
const LONGEST_SQL = 500

/** Counts and logs a slow query. Its values are left out: they may be personal data. */
export function noteSlowQuery({ connection, sql, duration = [0, 0] }: DbQueryEventNode) {
  const milliseconds = Math.round(duration[0] * 1_000 + duration[1] / 1_000_000)
  if (milliseconds < SLOW) return
  slowQueries.inc({ connection })
  logger.warn({ connection, milliseconds, sql: sql?.slice(0, LONGEST_SQL) }, 'slow query')
}
