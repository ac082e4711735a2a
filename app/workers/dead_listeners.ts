import type { Database } from '@adonisjs/lucid/database'
import type { Logger } from '@adonisjs/core/logger'
import type { Hub } from '#infra/cluster/hub'
import { takeLeave } from '#knowledge/listeners'

/** A worker tells the id under which others wait for it. */
export const LISTENS = 'knowledge:listens'

/** No write waits for the lease of a worker that has ended. */
export function forgetDeadListeners(hub: Hub, db: Database, logger: Logger) {
  hub.answer(LISTENS, async (id: string, worker) => {
    try {
      await hub.ended(worker)
      await takeLeave(db, id)
    } catch (error) {
      logger.warn({ err: error }, 'writes wait until the lease of a process that ended is over')
    }
  })
}
