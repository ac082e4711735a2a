import { setTimeout as sleep } from 'node:timers/promises'
import { ClusterStopped } from './errors.ts'
import { Postmaster, type Exit } from './postmaster.ts'
import type { Runner } from './runner.ts'
import type { ServerLog } from './server_log.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000
const STEADY_MS = 10_000

export interface SupervisorOptions {
  /** Name in messages. */
  name: string
  runner: Runner
  directory: string
  log: ServerLog
  /** Prepares the data directory; called before each start. */
  prepare: (signal: AbortSignal) => Promise<void>
  /** Completes a start, once the server accepts connections. */
  afterStart: (signal: AbortSignal) => Promise<void>
  /** Called when a restart failed; `failures` counts consecutive ones. */
  onFailure?: (error: unknown, failures: number) => void
  /** Progress of a long start, one line at a time. */
  onProgress: (message: string) => void
  /** A handled problem, in one line. */
  onNotice: (message: string) => void
}

/**
 * Keeps a server running between `up` and `down`: restarts it after a crash, first immediately, then with
 * increasing delays.
 */
export class Supervisor {
  readonly #options: SupervisorOptions
  readonly #postmaster: Postmaster
  #wanted = new AbortController()
  #queue: Promise<unknown> = Promise.resolve()
  #startedAt = 0
  #pause = 0

  constructor(options: SupervisorOptions) {
    this.#options = options
    this.#postmaster = new Postmaster({ ...options, onCrash: (exit) => this.#revive(exit) })
    this.#wanted.abort(stopped())
  }

  /** Process id of the server; null while it is down. */
  get pid() {
    return this.#postmaster.pid
  }

  /** True from `up` to `down`, also during restarts. */
  get isWanted() {
    return !this.#wanted.signal.aborted
  }

  /** Starts the server, unless it runs. If that fails, it stays down. */
  async up() {
    if (!this.isWanted) this.#wanted = new AbortController()
    const wanted = this.#wanted
    try {
      await this.#start(wanted.signal)
    } catch (error) {
      wanted.abort(error)
      // When cancelled, throw the reason rather than the error it caused.
      throw wanted.signal.reason
    }
  }

  /** Retries in the background, as after a crash. */
  keepTrying() {
    if (!this.isWanted) this.#wanted = new AbortController()
    void this.#startUntilUp(this.#wanted.signal)
  }

  /** Stops the server (see `Postmaster.stop`) and cancels a start in progress. */
  async down(fastMs = 3_000) {
    this.#wanted.abort(stopped())
    await this.#inTurn(() => this.#postmaster.stop(fastMs))
  }

  /** See `Postmaster.signalExit`. */
  signalExit() {
    this.#wanted.abort(stopped())
    this.#postmaster.signalExit()
  }

  /** See `Postmaster.endLeftovers`. */
  endLeftovers() {
    return this.#inTurn(() => this.#postmaster.endLeftovers())
  }

  #start(signal: AbortSignal) {
    return this.#inTurn(async () => {
      signal.throwIfAborted()
      if (this.pid) return
      const { name, onProgress } = this.#options
      await this.#postmaster.endLeftovers()
      await this.#options.prepare(signal)
      signal.throwIfAborted()
      const onWait = () => onProgress(`Waiting for PostgreSQL (${name}) to recover its data`)
      await this.#postmaster.start({ signal, onWait })
      await this.#options.afterStart(signal).catch(async (error) => {
        await this.#postmaster.stop(0)
        throw error
      })
      this.#startedAt = performance.now()
    })
  }

  #revive({ code, signal }: Exit) {
    if (!this.isWanted) return
    const { name, onNotice } = this.#options
    const reason = signal ? `by ${signal}` : `with code ${code}`
    onNotice(`PostgreSQL (${name}) was ended ${reason} and is started again`)
    if (performance.now() - this.#startedAt > STEADY_MS) this.#pause = 0
    void this.#startUntilUp(this.#wanted.signal)
  }

  async #startUntilUp(signal: AbortSignal) {
    for (let failures = 1; ; failures++) {
      try {
        await sleep(this.#pause, undefined, { signal, ref: false })
        this.#pause = Math.min(Math.max(FIRST_PAUSE_MS, this.#pause * 2), LONGEST_PAUSE_MS)
        return await this.#start(signal)
      } catch (error) {
        if (signal.aborted) return
        this.#options.onFailure?.(error, failures)
      }
    }
  }

  #inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#queue.then(task)
    this.#queue = result.catch(() => {})
    return result
  }
}

function stopped() {
  return new ClusterStopped('The database cluster was stopped')
}
