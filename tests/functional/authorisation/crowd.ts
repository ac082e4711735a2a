import { issueToken } from '#tokens/token_users'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'
import { createPeople, type People } from './world.js'

/** The people of the tables, with the sessions and tokens that they have at the moment. */
export class Crowd {
  #visitors: Partial<Record<keyof People, Visitor>> = {}
  #tokens: Partial<Record<keyof People, string>> = {}

  private constructor(readonly people: People) {}

  static async gather() {
    return new Crowd(await createPeople())
  }

  async visitor(actor: keyof People | 'guest') {
    if (actor === 'guest') return new Visitor()
    return (this.#visitors[actor] ??= await loggedIn(this.people[actor]))
  }

  async bearer(actor: keyof People | 'nobody'): Promise<Record<string, string>> {
    if (actor === 'nobody') return {}
    return { authorization: `Bearer ${(this.#tokens[actor] ??= await this.#issue(actor))}` }
  }

  /** Everybody has to log in again, and gets a new token. */
  comeAgain() {
    this.#visitors = {}
    this.#tokens = {}
  }

  async #issue(actor: keyof People) {
    const user = await this.people[actor].refresh()
    const { value } = await issueToken(user, { admin: actor === 'admin' })
    return value!.release()
  }
}
