import { setTimeout as sleep } from 'node:timers/promises'
import { ClusterStopped } from './errors.ts'
import { Postmaster, type Exit } from './postmaster.ts'
import type { Runner } from './runner.ts'
import type { ServerLog } from './server_log.ts'

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 10_000
const STEADY_MS = 10_000

/** What a supervisor needs to know of its server. */
export interface SupervisorOptions {
  /** Name of the server in messages. */
  name: string
  runner: Runner
  directory: string
  log: ServerLog
  /** Makes the data directory ready; called before each start of the server. */
  prepare: (signal: AbortSignal) => Promise<void>
  /** Completes a start, when the server accepts connections. */
  afterStart: (signal: AbortSignal) => Promise<void>
  /** Called when starting the server again failed; `failures` counts those in a row. */
  onFailure?: (error: unknown, failures: number) => void
  /** One line while a start takes long. */
  onProgress: (message: string) => void
  /** One line when something went wrong and was dealt with. */
  onNotice: (message: string) => void
}

/**
 * Keeps one server up between `up` and `down`: a server that ends in between is started again,
 * at once the first time, then after growing pauses.
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

  /** Process id of the server, while it runs. */
  get pid() {
    return this.#postmaster.pid
  }

  /** True from `up` to `down`, also while the server is being started again. */
  get isWanted() {
    return !this.#wanted.signal.aborted
  }

  /** Starts the server, unless it runs. On failure it is down. */
  async up() {
    if (!this.isWanted) this.#wanted = new AbortController()
    const wanted = this.#wanted
    try {
      await this.#start(wanted.signal)
    } catch (error) {
      wanted.abort(error)
      // When called off: that, and not what broke off because of it.
      throw wanted.signal.reason
    }
  }

  /** Goes on trying in the background, as after a crash. */
  keepTrying() {
    if (!this.isWanted) this.#wanted = new AbortController()
    void this.#startUntilUp(this.#wanted.signal)
  }

  /** Stops the server; see `Postmaster.stop`. Calls off a start that is under way. */
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
