import { errors } from '@adonisjs/auth'
import SecurityEvent from '#events/security_event'
import { BadCredentials } from '#exceptions/bad_credentials'
import { findByCredentials } from '#sessions/find_by_credentials'
import { credentialsValidator } from '#validators/user'
import type { HttpContext } from '@adonisjs/core/http'

export default class TokensController {
  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const data = request.body()
    const { username, password } = await request.validateUsing(credentialsValidator, { data })
    const user = await findByCredentials(ctx, username, password).catch((error) => {
      throw error instanceof errors.E_INVALID_CREDENTIALS ? new BadCredentials() : error
    })
    const { value, expiresAt, createdAt } = await auth.use('api').createToken(user)
    await SecurityEvent.dispatch('login.succeeded', { account: user.id, by: 'token' }, ctx)
    response.header('Cache-Control', 'no-store')
    return {
      access_token: value!.release(),
      token_type: 'bearer',
      expires_in: Math.round((expiresAt!.getTime() - createdAt.getTime()) / 1000),
    }
  }

  async destroy(ctx: HttpContext) {
    const { auth, response } = ctx
    await auth.use('api').invalidateToken()
    await SecurityEvent.dispatch('token.revoked', { account: auth.user!.id }, ctx)
    response.noContent()
  }
}
