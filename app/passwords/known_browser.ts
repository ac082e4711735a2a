import { createHash } from 'node:crypto'
import type { HttpContext } from '@adonisjs/core/http'

const COOKIE = 'known'
const MOST_NAMES = 5

const markOf = (username: string) =>
  createHash('sha256').update(username).digest('base64url').slice(0, 16)

function marksIn({ request }: HttpContext): string[] {
  const marks = request.encryptedCookie(COOKIE)
  return Array.isArray(marks) ? marks : []
}

/** Whether this browser has logged in to the name before. */
export function knows(ctx: HttpContext, username: string) {
  return marksIn(ctx).includes(markOf(username))
}

/** Notes that this browser has logged in to the name, in a cookie that the next user of the browser cannot read. */
export function remember(ctx: HttpContext, username: string) {
  const marks = [...new Set([markOf(username), ...marksIn(ctx)])].slice(0, MOST_NAMES)
  ctx.response.encryptedCookie(COOKIE, marks, { maxAge: '1y' })
}
