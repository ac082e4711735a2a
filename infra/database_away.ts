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
