import { MessageBuilder } from '@adonisjs/core/helpers'
import type { Database } from '@adonisjs/lucid/database'
import type { TransactionClientContract as Client } from '@adonisjs/lucid/types/database'
import type { SessionData } from '@adonisjs/session/types'
import type { Knowledge } from '#knowledge/knowledge'
import type { KnownRows } from '#knowledge/known_rows'

interface Session {
  values: SessionData
  expiresAt: number
}

const FIND = 'SELECT data, expires_at FROM sessions WHERE id = ? AND expires_at > now()'

/** Sessions that this process knows. Every change but a later expiry is announced. */
export class KnownSessions {
  #rows: KnownRows<Session>

  constructor(
    knowledge: Knowledge,
    private db: Database
  ) {
    this.#rows = knowledge.of<Session>({
      table: 'sessions',
      read: async (id, client) => (client && (await this.#read(id, client))) || this.#read(id),
    })
  }

  /** A copy of its own for each request, which may change it. */
  async find(id: string): Promise<SessionData | null> {
    const session = await this.#rows.find(id)
    if (!session) return null
    if (session.expiresAt > Date.now()) return structuredClone(session.values)
    this.#rows.forget(id)
    return this.latest(id)
  }

  /** As it is on the primary now: for requests that write it as a whole. */
  async latest(id: string): Promise<SessionData | null> {
    return (await this.#read(id))?.values ?? null
  }

  /** A later expiry is not announced, so only the primary can say that a session is over. */
  async #read(id: string, client: Pick<Client, 'rawQuery'> = this.db): Promise<Session | null> {
    const { rows } = await client.rawQuery(FIND, [id])
    const values = rows[0] && verified(rows[0].data, id)
    return values ? { values, expiresAt: rows[0].expires_at.getTime() } : null
  }
}

function verified(data: string, id: string): SessionData | null {
  try {
    return new MessageBuilder().verify(data, id)
  } catch {
    return null
  }
}
