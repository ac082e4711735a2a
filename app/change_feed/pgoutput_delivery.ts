import type { Pgoutput } from 'pg-logical-replication'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { HEARTBEAT } from '#change_feed/heartbeat'
import { PgoutputDecoder, toDate } from '#change_feed/pgoutput_decoder'
import { parsePosition } from '#replication/position'

/** How many changes may wait for the listener; a transaction of a million rows is handed over in parts. */
const LARGEST_BATCH = 1_000

interface Options {
  /** Says that everything up to the end of a commit was handled. */
  confirm: (end: string) => Promise<void>
  /** The listener failed; nothing is handed over any more. */
  fail: (error: unknown) => void
}

/**
 * Hands transactions to a listener and then confirms them. While the listener is busy, what arrives is
 * collected: a slow listener gets larger batches rather than falling behind.
 */
export class PgoutputDelivery {
  #decoder = new PgoutputDecoder()
  #changes: ChangeEvent[] = []
  /** The last commit that has arrived and was not handed over yet. */
  #commit: Pgoutput.MessageCommit | null = null
  /** The last of the commits that were heartbeats. */
  #heartbeat: Pgoutput.MessageCommit | null = null
  #isHeartbeat = false
  #working: Promise<void> | null = null
  #stopped = false

  constructor(
    private listener: ChangeListener,
    private options: Options
  ) {}

  /** Whether everything that has arrived was handled and confirmed. */
  get isIdle() {
    return !this.#working && this.#isEmpty
  }

  /** Resolves when there is room for more. */
  async receive(message: Pgoutput.Message) {
    this.#changes.push(...this.#decoder.decode(message))
    this.#isHeartbeat ||= message.tag === 'message' && message.prefix === HEARTBEAT
    if (message.tag === 'commit') {
      if (this.#isHeartbeat) this.#heartbeat = message
      this.#isHeartbeat = false
      this.#commit = message
    }
    const isFull = this.#changes.length >= LARGEST_BATCH
    if (this.#commit || isFull) this.#working ??= this.#work()
    if (isFull) await this.#working
  }

  /** Lets the call in hand be finished and confirmed, and makes no other. */
  async stop() {
    this.#stopped = true
    await this.#working
  }

  async #work() {
    try {
      while (!this.#stopped && !this.#isEmpty) await this.#handOver()
    } catch (error) {
      this.#stopped = true
      this.options.fail(error)
    } finally {
      this.#working = null
    }
  }

  get #isEmpty() {
    return !this.#commit && this.#changes.length === 0
  }

  async #handOver() {
    const [changes, commit, heartbeat] = [this.#changes, this.#commit, this.#heartbeat]
    this.#changes = []
    this.#commit = null
    this.#heartbeat = null
    if (changes.length > 0) await this.listener.changes(changes)
    if (heartbeat) {
      const { commitTime, commitEndLsn } = heartbeat
      await this.listener.heartbeat(toDate(commitTime), parsePosition(commitEndLsn!))
    }
    if (commit) await this.options.confirm(commit.commitEndLsn!)
  }
}
