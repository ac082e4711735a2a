import { urlFor } from '@adonisjs/core/services/url_builder'
import { CONFIRMED_FIELD } from '#forgery/confirmation'
import { fieldsToRepeat, isSecret } from '#forms/fields_to_repeat'
import { keepForm } from '#forms/kept_forms'
import { LOCALE_FIELD } from '#locale/switch_language'
import { lastPerson } from '#sessions/last_person'
import type { HttpContext } from '@adonisjs/core/http'

/** The login leads back to the page, or to what was typed in a form that can no longer be sent. */
export async function leadToLogin(ctx: HttpContext) {
  const { isFragment, request, response } = ctx
  const returnTo = request.method() === 'GET' ? request.url(true) : await afterForm(ctx)
  const login = urlFor('sessions.create', {}, { qs: returnTo ? { return_to: returnTo } : {} })
  if (isFragment) return response.header('HX-Redirect', login).noContent()
  return response.redirect().status(303).toPath(login)
}

/** Passwords and files are never kept: these forms are filled in again, on their page. */
async function afterForm(ctx: HttpContext) {
  const userId = lastPerson(ctx)
  const id = userId && (await keep(ctx, userId))
  ctx.flash(ctx.i18n.t(id ? 'kept.log_in' : 'kept.log_in_again'), 'error')
  return id ? urlFor('kept_forms.show', { id }) : pageOf(ctx)
}

/** Of no use on another page. */
const OURS = [CONFIRMED_FIELD, LOCALE_FIELD]

/** Another method than POST is in the address, as forms say it. */
const isForm = (request: HttpContext['request']) =>
  request.is(['application/x-www-form-urlencoded']) &&
  (request.intended() === 'POST' || /[?&]_method=/.test(request.url(true)))

async function keep({ request, route }: HttpContext, userId: string) {
  const fields = fieldsToRepeat(request.body()).filter(({ name }) => !OURS.includes(name))
  if (!isForm(request) || fields.some(({ name }) => isSecret(name))) return null
  return keepForm(userId, { target: request.url(true), action: route!.name!, fields })
}

/** The page that the form was on. */
function pageOf({ request }: HttpContext) {
  const page = URL.parse(request.header('referer') ?? '')
  return page?.host === request.host() ? page!.pathname + page!.search : null
}
