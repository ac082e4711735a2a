import type { Knowledge } from '#knowledge/knowledge'
import type { KnownRows } from '#knowledge/known_rows'
import User from '#models/user'

/** Users that this process knows, for pages that are only shown. Shared by all requests: never change them. */
export class KnownUsers {
  #rows: KnownRows<User>

  constructor(knowledge: Knowledge) {
    this.#rows = knowledge.of<User>({ table: 'users', read: (id) => User.find(id) })
  }

  find(id: string) {
    return this.#rows.find(id)
  }
}
