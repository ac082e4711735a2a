/** Codes of the network, and of a PostgreSQL that starts, stops or has no connection to spare. */
const AWAY = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'EPIPE',
  '08001',
  '08006',
  '53300',
  '57P01',
  '57P02',
  '57P03',
])

/** Whether the error says that a server is away for now, so that the same may work in a moment. */
export function isAway(error: unknown): boolean {
  const { code, errors, message } = error as {
    code?: string
    errors?: unknown[]
    message?: string
  }
  if (code && AWAY.has(code)) return true
  if (/^Connection terminated|timeout exceeded when trying to connect/.test(message ?? ''))
    return true
  return errors?.some(isAway) ?? false
}

/**
 * PostgreSQL's errors that are about the server and not about what it was asked: connections, transactions that
 * it gave up (40, 55P03), resources, its operator, the machine, itself, and a server that takes no writes (25006).
 */
const SERVER_ERRORS = /^(08|40|53|57|58|XX)\w{3}$|^(25006|55P03)$/

/** What the driver and the pool say of connections that are gone or not to be had. */
const NO_CONNECTION = /is not queryable|Timeout acquiring a connection|Query read timeout/

/** Whether the database failed, or something else did because of it. */
export function isDatabaseFailure(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, message, cause } = error as { code?: string; message?: string; cause?: unknown }
  if (isAway(error) || SERVER_ERRORS.test(code ?? '')) return true
  return NO_CONNECTION.test(message ?? '') || isDatabaseFailure(cause)
}
