import { PreconditionFailed } from '#exceptions/precondition_failed'
import type { HttpContext } from '@adonisjs/core/http'
import type { Page } from '#models/keyset'

interface Rendered {
  body: Buffer
  etag: string
}

const rendered = new WeakMap<object, Rendered>()

/** Answers with JSON, or with 304 when the client has it already. */
export function answer(ctx: HttpContext, body: unknown) {
  send(ctx, render(body, ctx))
}

/**
 * Answers with one page of a list, and where the next begins. Pages from the cache are the same object for
 * everybody who is shown them, and become text once.
 */
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

/** The answer to a change: what it is now, with the ETag that reading it has. */
export function answerChanged<T>(ctx: HttpContext, body: T): T {
  render(body, ctx)
  return body
}

/**
 * For a change that counts only if `body` is still what the client read. The ETag is compared without its
 * `W/`, which it has because the same JSON may come compressed. @throws PreconditionFailed
 */
export function checkIfMatch(ctx: HttpContext, body: unknown) {
  // An empty header is sent too, and `request.header` would not tell it from none.
  const known = ctx.request.headers()['if-match']
  if (known === undefined) return
  const { etag } = render(body, ctx)
  if (!has(known.replaceAll('W/', ''), etag.replace('W/', ''))) throw new PreconditionFailed()
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

/** As RFC 9110 compares; the framework's own comparison gives up when the request says `no-cache`. */
function has(known: string | undefined, etag: string) {
  return known !== undefined && known.split(',').some((tag) => ['*', etag].includes(tag.trim()))
}
