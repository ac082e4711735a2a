import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import { BATCH, type Chore } from '#housekeeping/chore'
import { isMyTurn } from '#services/my_turn'
import { Repeated } from '#services/repeated'

const TURN = 1_414

/** Removes what nobody needs any more. Every server runs it; in the database they take turns, batch by batch. */
export class Housekeeping {
  #repeated: Repeated

  /** @param ownFiles removes what lies on this machine, in every process */
  constructor(
    private db: Database,
    private logger: Logger,
    private chores: Chore[],
    private ownFiles: () => Promise<unknown>,
    every: number
  ) {
    this.#repeated = new Repeated((stopping) => this.tidy(stopping), every)
  }

  start() {
    this.#repeated.start()
  }

  stop() {
    return this.#repeated.stop()
  }

  /** Does every chore until nothing is left of it; one that fails does not keep the others. */
  async tidy(stopping?: AbortSignal) {
    await this.#try('files', this.ownFiles)
    for (const chore of this.chores) await this.#try(chore.table, () => this.#do(chore, stopping))
  }

  async #do(chore: Chore, stopping?: AbortSignal) {
    let removed = BATCH
    while (removed >= BATCH && !stopping?.aborted) {
      removed = await this.db.transaction(async (client) => {
        return (await isMyTurn(client, TURN)) ? chore.remove(client) : 0
      })
    }
  }

  async #try(what: string, work: () => Promise<unknown>) {
    try {
      await work()
    } catch (error) {
      this.logger.warn({ err: error, what }, 'nothing was tidied up')
    }
  }
}
