import { timingSafeEqual } from 'node:crypto'
import config from '@adonisjs/core/services/config'
import type { HttpRequest } from '@adonisjs/core/http'
import { isLoopback } from '#security/local_request'

/** Allowed from localhost, or with the token. Behind a local proxy the visitor's address counts. */
export function mayReadMetrics(request: HttpRequest): boolean {
  const token = config.get<string | undefined>('metrics.token')
  const given = request.header('authorization')?.replace(/^Bearer /, '')
  if (token && given && isSame(given, token)) return true
  return isLoopback(request.ip())
}

function isSame(given: string, expected: string) {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)]
  return one.length === other.length && timingSafeEqual(one, other)
}
