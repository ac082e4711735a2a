import type { HttpContext } from '@adonisjs/core/http'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { Belongings } from '#knowledge/belongings'

const READS = ['GET', 'HEAD']

/** Without a client, the primary is asked. */
type ReadOwn<T> = (client?: TransactionClientContract) => Promise<T>

/** What belongs to the person of a request, see `Belongings`. Requests that write read it from the primary. */
export class OwnRows {
  constructor(private ctx: HttpContext) {}

  get isLook() {
    return READS.includes(this.ctx.request.method())
  }

  async read<T>(read: ReadOwn<T>): Promise<T> {
    const { auth, clock } = this.ctx
    return this.isLook ? (await this.#belongings()).read(auth.user!.id, clock, read) : read()
  }

  async keep<T extends object>(what: string, read: ReadOwn<T>): Promise<T> {
    const { auth, clock } = this.ctx
    return this.isLook ? (await this.#belongings()).keep(auth.user!.id, clock, what, read) : read()
  }

  #belongings() {
    return this.ctx.containerResolver.make(Belongings)
  }
}
