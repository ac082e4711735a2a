import auth from '@adonisjs/auth/services/main'
import { inject } from '@adonisjs/core'
import { isStillValid, type ShownToken } from '#tokens/token_users'
import { afterSaving } from '#responses/after_saving'
import { TokenCache } from '#tokens/token_cache'
import { Passed } from '#replication/passed'
import { SeenCookies } from '#replication/seen_cookies'
import { SessionClock } from '#replication/session_clock'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const READS = ['GET', 'HEAD']

/**
 * Authenticates the token and sets the required freshness. After a write the token's row stores a position at or
 * past the commit before the response is sent, so every later request with the token, in any process, reads at
 * that position or later.
 */
@inject()
export default class TokenMiddleware {
  constructor(
    private tokens: TokenCache,
    private passed: Passed
  ) {}

  async handle(ctx: HttpContext, next: NextFn) {
    ctx.auth = auth.createAuthenticator(ctx)
    await ctx.auth.authenticateUsing(['api'])
    const token = ctx.auth.use('api').user!.currentAccessToken as ShownToken
    const written = token.written ?? 0n
    const seen = new SeenCookies(ctx, this.passed)
    ctx.clock = new SessionClock(this.passed.unlessPassed(written), seen.position)
    ctx.clock.dependsOn({
      data: token.user,
      isCurrent: (request) => this.passed.has(written) && isStillValid(token, this.tokens, request),
    })
    await next()
    seen.write(ctx.clock.seen)
    if (READS.includes(ctx.request.method())) return
    await afterSaving(ctx, () => this.tokens.noteWrite(String(token.identifier)))
  }
}
