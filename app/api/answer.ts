import { madeOf } from '#caches/made_of'
import { ownBytes } from '#memory/own_memory'
import { PreconditionFailed } from '#exceptions/precondition_failed'
import { EncodedBody } from '#markup/encoded_body'
import { has, strong } from '#markup/etags'
import type { HttpContext } from '@adonisjs/core/http'
import type { Page } from '#models/keyset'

const JSON_TYPE = 'application/json; charset=utf-8'

const kept = new WeakMap<object, EncodedBody>()

/** JSON, or 304 when the client already has it. */
export function answer(ctx: HttpContext, body: unknown) {
  send(ctx, render(body))
}

/** The same for an object that many requests share and nobody changes, serialised once. */
export function answerShared<T extends object>(
  ctx: HttpContext,
  shared: T,
  present: (item: T) => unknown
) {
  const body = kept.get(shared) ?? render(present(shared), ownBytes)
  kept.set(shared, body)
  ctx.madeOf = madeOf([shared], ctx.clock)
  send(ctx, body)
}

/** One page of a list, with a Link to the next. Cached pages are shared objects, serialised once. */
export function answerPage<T extends object>(
  ctx: HttpContext,
  page: Page<T>,
  present: (item: T) => unknown
) {
  const { request, response } = ctx
  const { cursor, ...query } = request.qs()
  const links = [linkTo('first', request.url(), query)]
  if (page.next) links.push(linkTo('next', request.url(), { ...query, cursor: page.next }))
  response.header('Link', links.join(', '))
  answerShared(ctx, page, ({ items }) => items.map(present))
}

/** Answers a change with the new state and its ETag. */
export function answerChanged<T>(ctx: HttpContext, body: T): T {
  ctx.response.header('ETag', render(body).etag)
  return body
}

/**
 * Optimistic concurrency: fails unless `body` is still the version the client read. ETags are compared without
 * their `W/` prefix, which only says that the JSON may be compressed. @throws PreconditionFailed
 */
export function checkIfMatch(ctx: HttpContext, body: unknown) {
  // `request.header` returns undefined for an empty header too.
  const known = ctx.request.headers()['if-match']
  if (known === undefined) return
  const { etag } = render(body)
  ctx.response.header('ETag', etag)
  if (!has(known, etag, strong)) throw new PreconditionFailed()
  ctx.response.removeHeader('ETag')
}

function linkTo(relation: string, url: string, query: Record<string, string>) {
  const text = new URLSearchParams(query).toString()
  return `<${url}${text && '?'}${text}>; rel="${relation}"`
}

function render(body: unknown, toBytes = (text: string) => Buffer.from(text)) {
  return new EncodedBody(toBytes(JSON.stringify(body)), JSON_TYPE)
}

function send({ request, response }: HttpContext, body: EncodedBody) {
  response.header('ETag', body.etag)
  response.vary('Accept-Encoding')
  if (has(request.header('if-none-match'), body.etag)) return response.status(304).send(null)
  response.send(body)
}
