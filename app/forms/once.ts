import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { doOnce, type Effect } from '#forms/form_submissions'
import { FormReused } from '#forms/form_reused'
import { formKeyValidator } from '#validators/form_key'

/**
 * For actions of forms with `formKey()`: runs the effect once per rendered form, however often it is submitted,
 * and returns the first outcome.
 *
 * @param content the validated input; with the route parameters it must stay the same
 * @throws E_VALIDATION_ERROR at `form_key` when the key is missing or was used with other content
 */
export async function once<Outcome extends object>(
  ctx: HttpContext,
  content: object,
  effect: Effect<Outcome>
): Promise<Outcome> {
  const { auth, params, request, route } = ctx
  const { form_key: key } = await request.validateUsing(formKeyValidator)
  const holder = auth.user?.id ?? key
  const submission = { holder, form: route!.name!, key, content: { ...params, ...content } }
  return doOnce(submission, effect).catch((error) => {
    throw error instanceof FormReused ? formReused(ctx) : error
  })
}

/** The form was already submitted with other content. */
export function formReused({ i18n }: HttpContext) {
  const message = i18n.t('validator.shared.messages.form_key.reused')
  return new errors.E_VALIDATION_ERROR([{ field: 'form_key', rule: 'reused', message }])
}
