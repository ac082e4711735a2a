import type { Visitor } from '#tests/helpers/visitor'
import type { Row } from './rules.js'
import { pathOf, type World } from './world.js'

export interface Request {
  method: string
  path: string
  sends: URLSearchParams | Record<string, unknown>
}

const QUERIES: Record<string, string> = {
  '/api/search': '?q=besan',
  '/owner/shops/:shop_id/gst-returns.csv': '?month=2026-11&table=b2cs',
}

/** The request of an entry of the tables, with the things of the world in it. */
export function requestIn(
  world: World,
  route: string,
  row?: Row<unknown>,
  ids: Record<string, string> = {}
): Request {
  const [method, pattern] = route.split(' ')
  const query = QUERIES[pattern] ?? ''
  return {
    method,
    path: pathOf(pattern, world, { ...row?.ids?.(world), ...ids }) + query,
    sends: row?.sends?.(world) ?? {},
  }
}

/** What a browser would send with the forms of its pages. */
export async function askAsVisitor(
  visitor: Visitor,
  { method, path, sends }: Request,
  headers: Record<string, string> = {}
) {
  const fields = { ...sends, form_key: crypto.randomUUID() } as Record<string, string>
  const body = method === 'GET' ? undefined : new URLSearchParams(fields)
  const response = await visitor.send(method, path, body, headers)
  visitor.keepCookies(response)
  await response.body?.cancel()
  return response
}

export async function askAsProgram(
  { method, path, sends }: Request,
  headers: Record<string, string>
) {
  const isForm = sends instanceof URLSearchParams
  const body = isForm ? sends : JSON.stringify(sends)
  const response = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, {
    method,
    redirect: 'manual',
    body: method === 'GET' ? undefined : body,
    headers: isForm ? headers : { 'content-type': 'application/json', ...headers },
  })
  await response.body?.cancel()
  return response
}
