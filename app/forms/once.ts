import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { doOnce, type Effect } from '#forms/form_submissions'
import { FormReused } from '#forms/form_reused'
import { formKeyValidator } from '#validators/form_key'

/**
 * For the action of a form that carries `formKey()`: has the effect once for this rendering of the form, however
 * often it is sent, and returns what came of it the first time.
 *
 * @param content what was validated; with the parameters of the address it is what must not change
 * @throws E_VALIDATION_ERROR at `form_key` when there is no key, or it came with other content before
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

/** The form was sent with other content before. */
export function formReused({ i18n }: HttpContext) {
  const message = i18n.t('validator.shared.messages.form_key.reused')
  return new errors.E_VALIDATION_ERROR([{ field: 'form_key', rule: 'reused', message }])
}
