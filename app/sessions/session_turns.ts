import type { LockService } from '@adonisjs/lock/types'
import { TurnNotTaken } from '#exceptions/turn_not_taken'

/** Maximum queued requests of one session in a process; a person never reaches it. */
const MOST_WAITING = 20
const LONGEST_WAIT = 10_000
/** The lock expires after this, in case its request crashed. */
const LONGEST_TURN = '30s'

/** Runs requests of one session one at a time: in order within this process, and with a lock across processes. */
export class SessionTurns {
  #queues = new Map<string, { size: number; last: Promise<void> }>()

  constructor(
    private locks: LockService,
    private longestWait = LONGEST_WAIT
  ) {}

  /** @throws TurnNotTaken when the wait or the queue is too long; `work` has not started then */
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
