/** Codes of the network, and of a PostgreSQL that cannot go on for now. */
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
  /** A write on a server that was a primary, and is a standby or read-only now. */
  '25006',
  /** Not in time: a statement, and a lock. */
  '57014',
  '55P03',
  /** Stops, has crashed, starts, was dropped, was idle for too long. */
  '57P01',
  '57P02',
  '57P03',
  '57P04',
  '57P05',
  /** The disk cannot be read or written. */
  '58030',
])

/** Connections (08…), and disk, memory or connections that are used up (53…). */
const CLASSES = /^(08|53)...$/

/** What pg, its pool and Knex say without a code; Knex puts the statement in front of it. */
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

/** Whether the error says that a server is away for now, so that the same may work in a moment. */
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
 * PostgreSQL's errors that are about the server and not about what it was asked: connections, transactions that
 * it gave up (40, 55P03), resources, its operator, the machine, itself, and a server that takes no writes (25006).
 */
const SERVER_ERRORS = /^(08|40|53|57|58|XX)\w{3}$|^(25006|55P03)$/

/** What driver, pool and Knex say of connections that are gone, with their transactions, or not to be had. */
const NO_CONNECTION =
  /is not queryable|Timeout acquiring a connection|Query read timeout|Transaction query already complete/

/** Whether the database failed, or something else did because of it. */
export function isDatabaseFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, cause } = error as { code?: string; message?: string; cause?: unknown }
  if (isAway(error) || SERVER_ERRORS.test(code ?? '')) return true
  return NO_CONNECTION.test(message ?? '') || isDatabaseFailure(cause)
}
