import { DatabaseFailed } from '#exceptions/database_failed'
import { fieldsToRepeat, isSecret } from '#forms/fields_to_repeat'
import { PasswordsBusy } from '#passwords/passwords_busy'
import { TurnNotTaken } from '#exceptions/turn_not_taken'
import type { HttpContext } from '@adonisjs/core/http'

/** Says what became of what was sent, and has it ready to be sent again, unless it was saved. */
export function unavailablePage(error: unknown, { request, view }: HttpContext) {
  const outcome = outcomeOf(error, request)
  const fields = fieldsToRepeat(request.body())
  const isComplete =
    !fields.some(({ name }) => isSecret(name)) &&
    !request.header('content-type')?.includes('multipart')
  const mayRepeat = ['unknown', 'counts_once', 'busy'].includes(outcome)
  return view.render('pages/errors/unavailable', {
    outcome,
    again: request.url(true),
    fields: mayRepeat && isComplete ? fields : null,
  })
}

/** A part of names in the language files. */
export function outcomeOf(error: unknown, request: HttpContext['request']) {
  if (error instanceof TurnNotTaken || error instanceof PasswordsBusy) return 'busy'
  const fate = error instanceof DatabaseFailed ? error.fate : 'untouched'
  if (fate !== 'unknown') return fate
  const hasKey = request.input('form_key') || request.header('idempotency-key')
  return hasKey ? 'counts_once' : 'unknown'
}
