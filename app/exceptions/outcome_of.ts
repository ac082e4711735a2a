import { DatabaseFailed } from '#exceptions/database_failed'
import { PasswordsBusy } from '#passwords/passwords_busy'
import { TurnNotTaken } from '#exceptions/turn_not_taken'
import type { HttpContext } from '@adonisjs/core/http'

/** Outcome of a request when the database is unavailable; part of message keys. */
export function outcomeOf(error: unknown, request: HttpContext['request']) {
  if (error instanceof TurnNotTaken || error instanceof PasswordsBusy) return 'busy'
  const fate = error instanceof DatabaseFailed ? error.fate : 'untouched'
  if (fate !== 'unknown') return fate
  const hasKey = request.input('form_key') || request.header('idempotency-key')
  return hasKey ? 'counts_once' : 'unknown'
}
