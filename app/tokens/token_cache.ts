import type { Database } from '@adonisjs/lucid/database'
import type { Knowledge } from '#knowledge/knowledge'
import type { KnownRows } from '#knowledge/known_rows'

/** An API token and its user. */
export interface TokenRecord {
  id: string
  hash: string
  type: string
  abilities: string
  created_at: string
  expires_at: string
  /** A position at or past the token's last write, in PostgreSQL's notation. */
  written: string | null
  user: { id: string } & Record<string, unknown>
}

const NOTE_WRITE = 'UPDATE access_tokens SET written = pg_current_wal_insert_lsn() WHERE id = ?'

const FIND = `
  SELECT token.id, token.hash, token.type, token.abilities,
    token.created_at, token.expires_at, token.written::text AS written,
    json_build_object('id', owner.id, 'username', owner.username, 'role', owner.role,
      'is_demo', owner.is_demo, 'full_name', owner.full_name, 'address', owner.address, 'mobile', owner.mobile) AS user
  FROM access_tokens AS token JOIN users AS owner ON owner.id = token.tokenable_id
  WHERE token.id = ? AND owner.blocked_at IS NULL`

/** Tokens that this process knows, with their users. A change of either is announced. */
export class TokenCache {
  #tokens: KnownRows<TokenRecord>

  constructor(
    knowledge: Knowledge,
    private db: Database
  ) {
    this.#tokens = knowledge.of<TokenRecord>({
      table: 'access_tokens',
      read: async (id, client) => (await (client ?? db).rawQuery(FIND, [id])).rows[0] ?? null,
    })
  }

  /** Undefined when this process does not know. */
  known(id: string) {
    return this.#tokens.known(id)
  }

  find(id: string): Promise<TokenRecord | null> {
    return this.#tokens.find(id)
  }

  /** Records a write with the token: once it is announced, every process knows a position at or past it. */
  async noteWrite(id: string) {
    await this.db.rawQuery(NOTE_WRITE, [id])
  }
}
