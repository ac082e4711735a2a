import { createHash } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import type { HttpContext } from '@adonisjs/core/http'
import { OrderRefused } from '#exceptions/order_refused'
import { doOnce, type Effect } from '#forms/form_submissions'
import { FormReused } from '#forms/form_reused'
import { isIdempotencyKey } from '#validators/api'

/**
 * `once` for API clients that send an `Idempotency-Key`.
 *
 * @throws OrderRefused (400) for an invalid key, (422) when the key was used with other content
 */
export async function idempotent<Outcome extends object>(
  { auth, params, request, route }: HttpContext,
  content: object,
  effect: Effect<Outcome>
): Promise<Outcome> {
  // `request.header` returns undefined for an empty header too.
  const key = request.headers()['idempotency-key'] as string | undefined
  if (key === undefined) return db.transaction(effect)
  if (!isIdempotencyKey(key)) {
    throw new OrderRefused('An Idempotency-Key must have 1 to 200 visible ASCII characters', 400)
  }
  const submission = { holder: auth.user!.id, form: route!.name!, key: uuidOf(key) }
  return doOnce({ ...submission, content: { ...params, ...content } }, effect).catch((error) => {
    if (!(error instanceof FormReused)) throw error
    throw new OrderRefused('This Idempotency-Key was used for another request', 422, error)
  })
}

function uuidOf(text: string) {
  return createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
