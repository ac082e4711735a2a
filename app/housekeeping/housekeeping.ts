import type { Logger } from '@adonisjs/core/logger'
import type { Database } from '@adonisjs/lucid/database'
import { BATCH, type Chore } from '#housekeeping/chore'
import { isMyTurn } from '#jobs/my_turn'
import { Repeated } from '#jobs/repeated'
import { inBackground } from '#replication/background'

const TURN = 1_414

/** Deletes expired data. Every server runs it; an advisory lock lets one server delete a batch at a time. */
export class Housekeeping {
  #repeated: Repeated

  /** @param ownFiles removes local files, in every process */
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

  /** Runs every chore until nothing is left; a failing chore does not stop the others. */
  async tidy(stopping?: AbortSignal) {
    await this.#try('files', this.ownFiles)
    for (const chore of this.chores) await this.#try(chore.table, () => this.#do(chore, stopping))
  }

  async #do(chore: Chore, stopping?: AbortSignal) {
    let removed = BATCH
    while (removed >= BATCH && !stopping?.aborted) {
      removed = await inBackground(this.db).transaction(async (client) => {
        return (await isMyTurn(client, TURN)) ? chore.remove(client) : 0
      })
    }
  }

  async #try(what: string, work: () => Promise<unknown>) {
    try {
      await work()
    } catch (error) {
      this.logger.warn({ err: error, what }, 'cleanup failed')
    }
  }
}
