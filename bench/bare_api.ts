import compression from 'compression'
import { symbols } from '@adonisjs/auth'
import { AccessToken, AccessTokensGuard } from '@adonisjs/auth/access_tokens'
import type { Secret } from '@adonisjs/core/helpers'
import LimiterMemoryStore from '@adonisjs/limiter/stores/memory'
import type { HttpContext } from '@adonisjs/core/http'
import type { ApplicationService } from '@adonisjs/core/types'
import type { NextFn } from '@adonisjs/core/types/http'
import type { AccessTokensUserProviderContract } from '@adonisjs/auth/types/access_tokens'

interface Person {
  id: number
  currentAccessToken?: AccessToken
}

const PREFIX = 'bare_'
const UNLIMITED = { requests: 1_000_000_000, duration: 60 }

/** A single user and token in memory: the fastest possible lookup. */
class OnePerson implements AccessTokensUserProviderContract<Person> {
  declare [symbols.PROVIDER_REAL_USER]: Person
  #person: Person = { id: 1 }
  #token: AccessToken
  readonly value: string

  constructor() {
    const { hash, secret } = AccessToken.createTransientToken(1, 40, '1 day')
    const now = new Date()
    this.#token = new AccessToken({
      identifier: 1,
      tokenableId: 1,
      name: null,
      type: 'auth_token',
      hash,
      prefix: PREFIX,
      secret,
      createdAt: now,
      updatedAt: now,
      lastUsedAt: null,
      expiresAt: null,
    })
    this.value = this.#token.value!.release()
  }

  async createUserForGuard(person: Person) {
    return { getId: () => person.id, getOriginal: () => person }
  }

  async verifyToken(value: Secret<string>) {
    const shown = AccessToken.decode(PREFIX, value.release())
    return shown && this.#token.verify(shown.secret) ? this.#token : null
  }

  async findById() {
    return this.createUserForGuard(this.#person)
  }

  async createToken(): Promise<AccessToken> {
    throw new Error('There is one token')
  }

  async invalidateToken() {
    return false
  }
}

/** Baseline for an API: the framework with its token guard, limiter and compression, without our code. */
export async function bareApi(app: ApplicationService) {
  const emitter = await app.container.make('emitter')
  const people = new OnePerson()
  const limiter = new LimiterMemoryStore(UNLIMITED)
  const compress = compression()
  return {
    token: people.value,
    async handle(ctx: HttpContext, next: NextFn) {
      const { request, response } = ctx
      await new Promise<void>((resolve) => {
        compress(request.request as any, response.response as any, () => resolve())
      })
      const guard = new AccessTokensGuard('api', ctx, emitter as any, people)
      const person = await guard.authenticate()
      await limiter.consume(`api_${person.id}`)
      await next()
    },
  }
}
