import type { LockService } from '@adonisjs/lock/types'
import { TurnNotTaken } from '#exceptions/turn_not_taken'

/** How many requests of one session may wait in one process; a person never has as many. */
const MOST_WAITING = 20
const LONGEST_WAIT = 10_000
/** After that the turn is given to the next: its request has crashed. */
const LONGEST_TURN = '30s'

/**
 * Requests of one session take turns: those of this process in the order in which they came, and with those of
 * others by a lock.
 */
export class SessionTurns {
  #queues = new Map<string, { size: number; last: Promise<void> }>()

  constructor(
    private locks: LockService,
    private longestWait = LONGEST_WAIT
  ) {}

  /** @throws TurnNotTaken when the wait was too long, or too many wait; `work` has not begun then */
  async run<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(sessionId) ?? { size: 0, last: Promise.resolve() }
    if (queue.size > MOST_WAITING) throw new TurnNotTaken()
    this.#queues.set(sessionId, queue)
    queue.size++

    const end = performance.now() + this.longestWait
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(new TurnNotTaken()), this.longestWait)
    const turn = queue.last.then(() => {
      clearTimeout(timer)
      const left = end - performance.now()
      if (left <= 0) throw new TurnNotTaken()
      return this.#withLock(sessionId, left, work)
    })
    queue.last = turn
      .then(() => {})
      .catch(() => {})
      .then(() => {
        if (--queue.size === 0) this.#queues.delete(sessionId)
      })
    return Promise.race([turn, late])
  }

  async #withLock<T>(sessionId: string, timeout: number, work: () => Promise<T>) {
    const turn = this.locks.createLock(`session:${sessionId}`, LONGEST_TURN)
    const taken = await turn.acquire({ retry: { delay: 20, timeout: Math.ceil(timeout) } })
    if (!taken) throw new TurnNotTaken()
    try {
      return await work()
    } finally {
      await turn.release().catch(() => {})
    }
  }
}
