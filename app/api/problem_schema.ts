import { STATUS_CODES } from 'node:http'
import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'

/** Problem details (RFC 9457); `detail` is what clients of a FastAPI backend show. */
export const problemSchema = vine.create({
  type: vine.string(),
  title: vine.string(),
  status: vine.number({ strict: true }).withoutDecimals(),
  detail: vine.string().meta({ description: 'Explanation for people' }),
  errors: vine
    .array(vine.object({ field: vine.string(), message: vine.string() }))
    .meta({ description: 'Invalid fields, with messages; empty for other problems' }),
})

export type Problem = Infer<typeof problemSchema>
export type Description = Pick<Problem, 'status' | 'detail'> & Partial<Problem>

export const PROBLEM_TYPE = 'application/problem+json'

export function problemOf({ status, detail, errors = [] }: Description): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status]!, status, detail, errors }
}

/** Statuses that any route can return, depending on its middleware. */
export const PROBLEMS: Record<number, string> = {
  400: 'The body or the URL cannot be parsed',
  401: 'The token is missing, wrong, expired or revoked',
  403: 'The user has the wrong role, or is a demo account and these are turned off',
  404: 'Not found, or it belongs to another user',
  406: 'The client does not accept JSON',
  412: 'It has changed since `If-Match`; `ETag` has the current version',
  413: 'The body is too large',
  415: 'Unsupported content type',
  422: 'The input is invalid',
  429: 'Too many requests; retry after `Retry-After` seconds',
  503: 'The database is unavailable: `detail` says whether the change was saved, `Retry-After` when to retry',
}
