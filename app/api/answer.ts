import { PreconditionFailed } from '#exceptions/precondition_failed'
import type { HttpContext } from '@adonisjs/core/http'
import type { Page } from '#models/keyset'

interface Rendered {
  body: Buffer
  etag: string
}

const rendered = new WeakMap<object, Rendered>()

/** JSON, or 304 when the client already has it. */
export function answer(ctx: HttpContext, body: unknown) {
  send(ctx, render(body, ctx))
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
  const known = rendered.get(page) ?? render(page.items.map(present), ctx)
  rendered.set(page, known)
  send(ctx, known)
}

/** Answers a change with the new state and its ETag. */
export function answerChanged<T>(ctx: HttpContext, body: T): T {
  render(body, ctx)
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
  const { etag } = render(body, ctx)
  if (!has(known, etag, strong)) throw new PreconditionFailed()
  ctx.response.removeHeader('ETag')
}

function linkTo(relation: string, url: string, query: Record<string, string>) {
  const text = new URLSearchParams(query).toString()
  return `<${url}${text && '?'}${text}>; rel="${relation}"`
}

function render(body: unknown, { response }: HttpContext): Rendered {
  const bytes = Buffer.from(JSON.stringify(body))
  response.setEtag(bytes, true)
  return { body: bytes, etag: String(response.getHeader('etag')) }
}

function send({ request, response }: HttpContext, { body, etag }: Rendered) {
  response.header('ETag', etag)
  if (has(request.header('if-none-match'), etag)) return response.status(304).send(null)
  response.header('Content-Type', 'application/json; charset=utf-8')
  response.send(body)
}

/** RFC 9110 comparison; the framework's own skips it when the request says `no-cache`. */
export function has(known: string | undefined, etag: string, as = (tag: string) => tag) {
  return (
    known !== undefined && known.split(',').some((tag) => ['*', as(etag)].includes(as(tag.trim())))
  )
}

/** A tag's hash may contain `W/` too. */
export function strong(etag: string) {
  return etag.replace(/^W\//, '')
}
