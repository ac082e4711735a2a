import { hash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { symbols } from '@adonisjs/auth'
import { AccessToken, DbAccessTokensProvider } from '@adonisjs/auth/access_tokens'
import db from '@adonisjs/lucid/services/db'
import type { Secret } from '@adonisjs/core/helpers'
import type { HttpContext } from '@adonisjs/core/http'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { AccessTokensUserProviderContract } from '@adonisjs/auth/types/access_tokens'
import type { TokenCache, TokenRecord } from '#tokens/token_cache'
import { demoAccountsAreOpen } from '#demo/demo_logins'
import { DemoAccountsOff } from '#exceptions/demo_accounts_off'
import { isUuid } from '#models/keyset'
import { holdLogins } from '#models/logins'
import User from '#models/user'
import { lowerCased } from '#validators/uuid'
import { parsePosition, type Position } from '#replication/position'

const PREFIX = 'kirana_'

class IssuedTokens extends DbAccessTokensProvider<typeof User> {
  constructor(private client: QueryClientContract = db.connection()) {
    super({ tokenableModel: User, table: 'access_tokens', prefix: PREFIX })
  }

  protected async getDb() {
    return this.client
  }
}

/**
 * Issues a token; `admin` is for operators.
 *
 * @throws SessionEnded when the user's logins were ended since the user was read
 * @throws UserBlocked
 */
export function issueToken(user: User, { admin = false, expiresIn = '30 days' } = {}) {
  return db.transaction(async (client) => {
    await holdLogins(user, client)
    const abilities = admin ? ['user', 'admin'] : ['user']
    return new IssuedTokens(client).create(user, abilities, { expiresIn })
  })
}

/** A verified token. */
export class ShownToken extends AccessToken {
  /** A position at or past the token's last write; null when it has not written. */
  readonly written: Position | null
  /** Shared by all requests with this token: do not change. */
  readonly user: User
  #digest: Buffer

  constructor({ id, hash: digest, type, user, ...record }: TokenRecord) {
    const createdAt = new Date(record.created_at)
    super({
      identifier: id,
      tokenableId: user.id,
      name: null,
      type,
      hash: digest,
      abilities: JSON.parse(record.abilities),
      createdAt,
      updatedAt: createdAt,
      lastUsedAt: null,
      expiresAt: new Date(record.expires_at),
    })
    this.written = record.written ? parsePosition(record.written) : null
    this.user = User.$createFromAdapterResult(user)!
    this.#digest = Buffer.from(digest, 'hex')
  }

  /** The same check in one call, without a hash object. */
  verify(secret: Secret<string>) {
    const shown = hash('sha256', secret.release(), 'buffer')
    return shown.length === this.#digest.length && timingSafeEqual(shown, this.#digest)
  }
}

/** Cached records are shared objects, so each becomes a token once. */
const known = new WeakMap<TokenRecord, ShownToken>()

function toToken(record: TokenRecord) {
  const token = known.get(record) ?? new ShownToken(record)
  known.set(record, token)
  return token
}

/** Whether its bearer is let in, where the request comes from. */
const isOpen = ({ user }: ShownToken, request: IncomingMessage) =>
  !user.isDemo || demoAccountsAreOpen({ request })

/** Whether a token that was verified would be now. */
export function isStillValid(token: ShownToken, tokens: TokenCache, request: IncomingMessage) {
  const record = tokens.known(String(token.identifier))
  return !!record && known.get(record) === token && !token.isExpired() && isOpen(token, request)
}

/** Resolves bearer tokens, without the primary while they are known. */
export class TokenUsers implements AccessTokensUserProviderContract<User> {
  declare [symbols.PROVIDER_REAL_USER]: User
  /** This request's token, once verified. */
  token: ShownToken | null = null

  constructor(
    private tokens: TokenCache,
    private ctx: HttpContext
  ) {}

  /** @throws DemoAccountsOff for a valid token of a demo account where these are off */
  async verifyToken(value: Secret<string>): Promise<ShownToken | null> {
    const shown = AccessToken.decode(PREFIX, value.release())
    if (!shown || !isUuid(shown.identifier)) return null
    const record = await this.tokens.find(lowerCased(shown.identifier))
    if (!record) return null
    const token = toToken(record)
    if (!token.verify(shown.secret) || token.isExpired()) return null
    if (!isOpen(token, this.ctx.request.request)) throw new DemoAccountsOff()
    this.token = token
    return token
  }

  async findById() {
    return this.token && this.createUserForGuard(this.token.user)
  }

  async createUserForGuard(user: User) {
    return { getId: () => user.id, getOriginal: () => user }
  }

  createToken(user: User) {
    return issueToken(user)
  }

  async invalidateToken(value: Secret<string>) {
    const token = await this.verifyToken(value)
    if (!token) return false
    await new IssuedTokens().delete(token.user, token.identifier)
    return true
  }
}
