/** Network errors, and PostgreSQL codes of a server that is temporarily unavailable. */
const AWAY = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTDOWN',
  'EHOSTUNREACH',
  'ENETDOWN',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  /** Write on a former primary that is now a standby or read-only. */
  '25006',
  /** Statement timeout, lock timeout. */
  '57014',
  '55P03',
  /** Shutdown, crash, startup, database dropped, idle timeout. */
  '57P01',
  '57P02',
  '57P03',
  '57P04',
  '57P05',
  /** I/O error. */
  '58030',
])

/** Connection errors (08…) and insufficient resources (53…). */
const CLASSES = /^(08|53)...$/

/** Messages without a code from pg, its pool and Knex; Knex prefixes the statement. */
const SAYINGS = new RegExp(
  `(^| - )(${[
    'Connection terminated',
    'Connection ended unexpectedly',
    'Client (has encountered a connection error|was closed) and is not queryable',
    'Query read timeout',
    'timeout (expired|exceeded when trying to connect)',
    'Knex: Timeout acquiring a connection',
    'Unable to acquire a connection',
  ].join('|')})`
)

/** Whether the error means that a server is temporarily unavailable, so that a retry may succeed. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Object)) return false
  const { code, errors, message, syscall, cause } = error as {
    code?: unknown
    errors?: unknown
    message?: unknown
    syscall?: string
    cause?: unknown
  }
  if (typeof code === 'string' && (AWAY.has(code) || CLASSES.test(code))) return true
  if (code === 'ENOENT' && syscall === 'connect') return true
  if (typeof message === 'string' && SAYINGS.test(message)) return true
  return isAway(cause) || (Array.isArray(errors) && errors.some(isAway))
}

/**
 * PostgreSQL errors of the server rather than of the statement: connections, aborted transactions (40, 55P03),
 * resources, operator intervention, system errors, internal errors, and a read-only server (25006).
 */
const SERVER_ERRORS = /^(08|40|53|57|58|XX)\w{3}$|^(25006|55P03)$/

/** Messages of driver, pool and Knex about lost or unavailable connections and transactions. */
const NO_CONNECTION =
  /is not queryable|Timeout acquiring a connection|Query read timeout|Transaction query already complete/

/** Whether the cause is a failure of the database. */
export function isDatabaseFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, cause } = error as { code?: string; message?: string; cause?: unknown }
  if (isAway(error) || SERVER_ERRORS.test(code ?? '')) return true
  return NO_CONNECTION.test(message ?? '') || isDatabaseFailure(cause)
}
