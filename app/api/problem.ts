import router from '@adonisjs/core/services/router'
import { errors as vineErrors } from '@vinejs/vine'
import { errors as limiterErrors } from '@adonisjs/limiter'
import { errors as authErrors } from '@adonisjs/auth'
import { errors as httpErrors, type HttpContext } from '@adonisjs/core/http'
import { errors as lucidErrors } from '@adonisjs/lucid'
import { PROBLEM_TYPE, problemOf, type Description } from '#api/problem_schema'
import { operationOf } from '#api/operations'
import { rateLimitHeader } from '#api/rate_limit'
import { CheckoutRefused } from '#exceptions/checkout_refused'
import { DatabaseFailed } from '#exceptions/database_failed'
import { outcomeOf } from '#exceptions/outcome_of'

interface HttpError {
  /** Missing from the body parser's 422 for JSON that is neither an object nor an array. */
  code?: string
  status?: number
  message: string
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Answers a failed API request with problem details. */
export function answerWithProblem(error: unknown, ctx: HttpContext) {
  const problem = problemOf(describe(error, ctx))
  ctx.response.header('Content-Type', PROBLEM_TYPE)
  ctx.response.status(problem.status).send(JSON.stringify(problem))
}

function describe(error: unknown, ctx: HttpContext): Description {
  const { response } = ctx
  if (error instanceof vineErrors.E_VALIDATION_ERROR) return describeInvalid(error, ctx)
  if (error instanceof authErrors.E_UNAUTHORIZED_ACCESS) {
    response.header('WWW-Authenticate', 'Bearer')
    return { status: 401, detail: 'Invalid authentication' }
  }
  if (error instanceof limiterErrors.E_TOO_MANY_REQUESTS) {
    response.header('Retry-After', error.response.availableIn)
    rateLimitHeader(response, error.response)
    return {
      status: 429,
      detail: `Too many requests: try again in ${error.response.availableIn} seconds`,
    }
  }
  if (error instanceof lucidErrors.E_ROW_NOT_FOUND) {
    return { status: 404, detail: `${error.model?.name ?? 'Row'} not found` }
  }
  if (error instanceof httpErrors.E_ROUTE_NOT_FOUND) return describeUnknown(ctx)
  const { code, message, status = 500 } = error as HttpError
  if (error instanceof DatabaseFailed) {
    return { status, detail: ctx.i18n.t(`errors.problem_${outcomeOf(error, ctx.request)}`) }
  }
  if (status === 422 && code === undefined) return { status: 400, detail: message }
  return status < 500 || status === 503
    ? { status, detail: message }
    : { status: 500, detail: 'Internal server error' }
}

/** The operation decides the status: existing clients expect 400 in places. */
function describeInvalid(
  error: InstanceType<typeof vineErrors.E_VALIDATION_ERROR>,
  ctx: HttpContext
) {
  const messages = error.messages as { field: string; message: string; rule: string }[]
  const errors = messages.map(({ field, message }) => ({ field, message }))
  const usual = messages.some(({ rule }) => rule === 'unique') ? 409 : 422
  const isRefused = error.cause instanceof CheckoutRefused
  const status = isRefused ? usual : (operationOf(ctx.route?.name)?.invalid ?? usual)
  return { status, detail: errors[0].message, errors }
}

/** 404 when no route has this path, 405 when one has it with another method. */
function describeUnknown({ request, response }: HttpContext) {
  const url = request.url()
  const allowed = METHODS.filter((method) => router.match(url, method, true))
  if (allowed.length === 0) return { status: 404, detail: 'Not found' }
  response.header('Allow', allowed.join(', '))
  return { status: 405, detail: 'Method not allowed' }
}
