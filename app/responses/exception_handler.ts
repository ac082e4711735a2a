import app from '@adonisjs/core/services/app'
import { errors as vineErrors } from '@vinejs/vine'
import { errors as limiterErrors } from '@adonisjs/limiter'
import { ExceptionHandler, type HttpContext } from '@adonisjs/core/http'
import { LanguageSwitched } from '#locale/language_switched'
import { LOCALE_FIELD } from '#locale/switch_language'
import { isDatabaseFailure } from '#replication/database_away'
import { DatabaseFailed } from '#exceptions/database_failed'
import { ForeignRequest } from '#exceptions/foreign_request'
import { unavailablePage } from '#responses/unavailable_page'
import { SessionEnded } from '#exceptions/session_ended'
import { isApi } from '#api/is_api'
import { noteRefusal } from '#security/refusals'
import { answerWithProblem } from '#api/problem'
import type { StatusPageRange, StatusPageRenderer } from '@adonisjs/core/types/http'

/** Errors that answer with a redirect or plain text by default, where our page says more. */
const OURS_TO_RENDER = ['E_FOREIGN_REQUEST', 'E_TOO_MANY_REQUESTS', 'E_VALIDATION_ERROR']

const retryAfter = (error: unknown) =>
  error instanceof limiterErrors.E_TOO_MANY_REQUESTS ? error.response.availableIn : 60

/** Retry-After, in seconds. */
const AWAY_FOR = 5

const READS = ['GET', 'HEAD']

/** Never rendered back into a page. */
const SECRET_FIELDS = [
  'current_password',
  'password',
  'password_confirmation',
  '_method',
  LOCALE_FIELD,
]

export default class HttpExceptionHandler extends ExceptionHandler {
  protected debug = app.inDev
  protected renderStatusPages = !app.inDev

  protected statusPages: Record<StatusPageRange, StatusPageRenderer> = {
    '403': (error, { view }) => {
      const kind = error instanceof ForeignRequest ? error.kind : 'forbidden'
      return view.render('pages/errors/forbidden', { kind })
    },
    '404': (_, { view }) => view.render('pages/errors/not_found'),
    '400': (_, { view }) => view.render('pages/errors/unprocessable'),
    '408': (_, { view }) => view.render('pages/errors/unprocessable'),
    '413': (_, { view }) => view.render('pages/errors/too_large'),
    '415': (_, { view }) => view.render('pages/errors/unprocessable'),
    '422': (_, { view }) => view.render('pages/errors/unprocessable'),
    '429': (error, { view, response }) => {
      response.header('Retry-After', retryAfter(error))
      return view.render('pages/errors/too_many_requests', {
        retryAfter: retryAfter(error),
      })
    },
    '500..502': (_, { view }) => view.render('pages/errors/server_error'),
    '503': (error, ctx) => unavailablePage(error, ctx),
    '504..599': (_, { view }) => view.render('pages/errors/server_error'),
  }

  async handle(cause: unknown, ctx: HttpContext) {
    const error = this.#databaseFailed(cause, ctx)
    if (error instanceof DatabaseFailed) ctx.databaseFailed = error
    const httpError = this.toHttpError(error)
    await noteRefusal(error, ctx).catch((err) =>
      ctx.logger.error({ err }, 'refusal could not be logged')
    )
    if (httpError.status === 503) this.#comeBack(ctx)
    if (error instanceof SessionEnded) ctx.response.status(error.status).removeHeader('Location')
    if (isApi(ctx)) return answerWithProblem(httpError, ctx)
    if (error instanceof LanguageSwitched) return this.#renderForm([], ctx)
    if (error instanceof vineErrors.E_VALIDATION_ERROR && ctx.renderInvalid) {
      ctx.response.status(error.status)
      return this.#renderForm(error.messages, ctx)
    }
    if (OURS_TO_RENDER.includes(httpError.code ?? '')) return this.renderError(httpError, ctx)
    return super.handle(error, ctx)
  }

  /** An unavailable database is a 503, worth a retry. */
  #databaseFailed(error: unknown, { request }: HttpContext) {
    const isOurs = error instanceof DatabaseFailed || this.toHttpError(error).status !== 500
    if (isOurs || !isDatabaseFailure(error)) return error
    return new DatabaseFailed(READS.includes(request.method()) ? 'untouched' : 'unknown', error)
  }

  /** Also when the response was ready and only saving the session failed. */
  #comeBack({ response }: HttpContext) {
    response.lazyBody = {}
    response.status(503).removeHeader('Location')
    response.header('Retry-After', AWAY_FOR)
  }

  async #renderForm(messages: { field: string; message: string }[], ctx: HttpContext) {
    const errors: Record<string, string> = {}
    for (const { field, message } of inOrder(messages, ctx)) errors[field] ??= message
    ctx.view.share({ errors, values: typed(ctx.request.except(SECRET_FIELDS)) })
    ctx.response.send(await ctx.renderInvalid!())
  }
}

/** A browser sends the fields of a form in their order. */
function inOrder<Message extends { field: string }>(messages: Message[], { request }: HttpContext) {
  const fields = Object.keys(request.body())
  const place = ({ field }: Message) => {
    const at = fields.indexOf(field.split('.')[0])
    return at === -1 ? fields.length : at
  }
  return messages.toSorted((one, other) => place(one) - place(other))
}

/** Empty fields are null, which the page would take for fields not filled in yet. */
function typed(fields: Record<string, unknown>) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? '']))
}
