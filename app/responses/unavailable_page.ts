import { outcomeOf } from '#exceptions/outcome_of'
import { fieldsToRepeat, isSecret } from '#forms/fields_to_repeat'
import type { HttpContext } from '@adonisjs/core/http'

/** Says what became of the request and offers to resend it, unless it was saved. */
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
