import type { Pgoutput } from 'pg-logical-replication'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeListener } from '#change_feed/change_feed'
import { HEARTBEAT } from '#change_feed/heartbeat'
import { PgoutputDecoder, toDate } from '#change_feed/pgoutput_decoder'
import { parsePosition } from '#replication/position'

/** Maximum batch size; a transaction of a million rows is delivered in parts. */
const LARGEST_BATCH = 1_000

interface Options {
  /** Acknowledges everything up to the end of a commit. */
  confirm: (end: string) => Promise<void>
  /** The listener failed; nothing more is delivered. */
  fail: (error: unknown) => void
}

/**
 * Delivers transactions to a listener, then acknowledges them. Messages that arrive while the listener is busy are
 * batched, so a slow listener gets larger batches.
 */
export class PgoutputDelivery {
  #decoder = new PgoutputDecoder()
  #changes: ChangeEvent[] = []
  /** The last commit received and not yet delivered. */
  #commit: Pgoutput.MessageCommit | null = null
  /** The last received commit that was a heartbeat. */
  #heartbeat: Pgoutput.MessageCommit | null = null
  #isHeartbeat = false
  #working: Promise<void> | null = null
  #stopped = false

  constructor(
    private listener: ChangeListener,
    private options: Options
  ) {}

  /** Whether everything received was handled and acknowledged. */
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

  /** Finishes and acknowledges the current call, and starts no other. */
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
