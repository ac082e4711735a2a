import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Knowledge } from '#knowledge/knowledge'
import type { KnownRows } from '#knowledge/known_rows'
import User from '#models/user'

/** A user from a replica asks the primary for what belongs to it, as any other. */
async function read(id: string, client?: QueryClientContract) {
  if (!client) return User.find(id)
  const row = await client.from('users').where('id', id).first()
  return row ? User.$createFromAdapterResult(row) : null
}

/** Users that this process knows, for pages that are only shown. Shared by all requests: never change them. */
export class KnownUsers {
  #rows: KnownRows<User>

  constructor(knowledge: Knowledge) {
    this.#rows = knowledge.of<User>({ table: 'users', read })
  }

  find(id: string) {
    return this.#rows.find(id)
  }
}
