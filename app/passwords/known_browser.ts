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

/** Whether this browser has logged in to the account before. */
export function knows(ctx: HttpContext, username: string) {
  return marksIn(ctx).includes(markOf(username))
}

/** Remembers the login in an encrypted cookie, unreadable to the browser's next user. */
export function remember(ctx: HttpContext, username: string) {
  const marks = [...new Set([markOf(username), ...marksIn(ctx)])].slice(0, MOST_NAMES)
  ctx.response.encryptedCookie(COOKIE, marks, { maxAge: '1y' })
}
