import { STATUS_CODES } from 'node:http'
import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'

/** Problem details (RFC 9457); `detail` is what clients of a FastAPI backend show. */
export const problemSchema = vine.create({
  type: vine.string(),
  title: vine.string(),
  status: vine.number({ strict: true }).withoutDecimals(),
  detail: vine.string().meta({ description: 'For people' }),
  errors: vine
    .array(vine.object({ field: vine.string(), message: vine.string() }))
    .meta({ description: 'What is wrong with which field; empty when it is nothing of that kind' }),
})

export type Problem = Infer<typeof problemSchema>
export type Description = Pick<Problem, 'status' | 'detail'> & Partial<Problem>

export const PROBLEM_TYPE = 'application/problem+json'

export function problemOf({ status, detail, errors = [] }: Description): Problem {
  return { type: 'about:blank', title: STATUS_CODES[status]!, status, detail, errors }
}

/** Statuses that any route can return, depending on its middleware. */
export const PROBLEMS: Record<number, string> = {
  400: 'The body or the address cannot be read',
  401: 'The token is missing, wrong, expired or revoked',
  403: 'The user has the other role, or is a demo account where those are turned off',
  404: 'There is no such thing, or it is somebody else’s',
  406: 'The client does not accept JSON',
  412: 'It is no longer as `If-Match` says; `ETag` has how it is now',
  413: 'The body is too large',
  415: 'The body is of another type',
  422: 'The input is invalid',
  429: 'Too many requests; `Retry-After` says when to come again',
  503: 'The database failed: `detail` says whether it was saved, `Retry-After` when to come again',
}
