import { setTimeout as sleep } from 'node:timers/promises'
import { openContext, type ClusterContext, type Say } from './cluster_context.ts'
import { ClusterDirectory, clearError, withClearErrors } from './cluster_directory.ts'
import { readState, urlsOf } from './cluster_state.ts'
import { ClusterStopped, PortTaken } from './errors.ts'
import { ExitGuard } from './exit_guard.ts'
import { DirectoryLock } from './lock.ts'
import { findPort } from './ports.ts'
import { supervisePrimary } from './primary_server.ts'
import type { RunnerMode } from './runner.ts'
import { StandbyServer } from './standby_server.ts'
import type { Supervisor } from './supervisor.ts'

const CHECK_MS = 10_000
const ATTEMPTS = 3
const FIND_MS = 60_000

// A stop takes at most 4 s: see `Postmaster.stop` for the steps after the fast shutdown.
const PRIMARY_FAST_MS = 2_000
const STANDBY_HEAD_START_MS = 1_000
const STANDBY_FAST_MS = 1_000

export interface ClusterOptions {
  /** Directory of the cluster; created on first use. */
  directory: string
  /** Called with one line for each step, and every 5 s during long steps. */
  onProgress?: Say
  /**
   * Called with one line when a problem was handled, such as a killed server that was restarted. Defaults to
   * stderr.
   */
  onNotice?: Say
  /** Cancels a start in progress and stops what it has started. */
  signal?: AbortSignal
  /** Ways to get a user for PostgreSQL, by default all; see `chooseRunner`. */
  runnerModes?: RunnerMode[]
}

/**
 * A PostgreSQL primary and a streaming standby owned by this process: on 127.0.0.1, with a password, on ports that
 * stay the same while they are free. The data is persistent.
 *
 * Servers that crash are restarted. They stop with this process (see `ExitGuard`); if it is killed they keep
 * running, and the next `start` stops them first.
 */
export class EmbeddedCluster {
  readonly #context: ClusterContext
  readonly #lock: DirectoryLock
  readonly #primary: Supervisor
  readonly #standby: StandbyServer
  readonly #guard: ExitGuard
  #check: NodeJS.Timeout | undefined
  #stopped: Promise<void> | undefined

  private constructor(context: ClusterContext, lock: DirectoryLock) {
    this.#context = context
    this.#lock = lock
    this.#primary = supervisePrimary(context)
    this.#standby = new StandbyServer(context)
    this.#guard = new ExitGuard({
      stop: () => this.stop(),
      signalExit: () => {
        this.#primary.signalExit()
        this.#standby.supervisor.signalExit()
      },
    })
  }

  /**
   * Starts the cluster in a directory, creating it on first use. Resolves when the primary accepts connections and
   * the standby follows. If only the standby fails, the cluster is still usable, and the standby is retried in the
   * background.
   *
   * @throws EmbeddedPostgresError: `E_DATA_DIRECTORY_IN_USE`, `E_DATA_DIRECTORY_UNWRITABLE`,
   * `E_DATA_DIRECTORY_INVALID`, `E_DATA_DIRECTORY_VERSION`, `E_UNSUPPORTED_PLATFORM`, `E_BINARIES_UNUSABLE`,
   * `E_NO_USER_TO_RUN_AS`, `E_CLUSTER_CREATION_FAILED`, `E_POSTGRES_START_FAILED`, `E_CLUSTER_STOPPED`
   */
  static async start(options: ClusterOptions): Promise<EmbeddedCluster> {
    const { onProgress = () => {}, onNotice = console.error, signal } = options
    if (signal?.aborted) throw new ClusterStopped('Starting the database was cancelled')

    const directory = ClusterDirectory.open(options.directory)
    const lock = withClearErrors(directory.path, () => DirectoryLock.acquire(directory.path))
    let cluster: EmbeddedCluster | undefined
    try {
      const { runnerModes: modes } = options
      const context = openContext({ directory, onProgress, onNotice, modes })
      lock.giveTo((path) => context.runner.claim(path))
      cluster = new EmbeddedCluster(context, lock)
      await cluster.#start(signal)
      // Startup is complete; later events are reported through `onNotice`.
      context.onProgress = () => {}
      return cluster
    } catch (error) {
      await cluster?.stop()
      lock.release()
      throw clearError(directory.path, error)
    }
  }

  /**
   * URLs of a cluster run by a live process in a directory, otherwise null. Waits up to a minute for a cluster
   * that is starting.
   *
   * @throws DataDirectoryUnwritable when the directory belongs to another user
   */
  static async find(
    directory: string
  ): Promise<{ primaryUrl: string; standbyUrl: string; ownerPid: number } | null> {
    const end = performance.now() + FIND_MS
    for (;;) {
      const owner = withClearErrors(directory, () => DirectoryLock.owner(directory))
      if (!owner) return null
      const state = withClearErrors(directory, () => readState(directory))
      if (owner.state === 'running' && state) return { ...urlsOf(state), ownerPid: owner.pid }
      if (performance.now() > end) return null
      await sleep(50)
    }
  }

  /** `postgres://kirana:<password>@127.0.0.1:<port>/kirana`, for reading and writing. */
  get primaryUrl() {
    return urlsOf(this.#context.state).primaryUrl
  }

  /** The same on the standby, read-only. */
  get standbyUrl() {
    return urlsOf(this.#context.state).standbyUrl
  }

  /** Process id of the primary; null while it is down. */
  get primaryPid() {
    return this.#primary.pid
  }

  /** Process id of the standby; null while it is down. */
  get standbyPid() {
    return this.#standby.supervisor.pid
  }

  /** Stops both servers within 4 s and releases the directory. Idempotent. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  /** Stops the primary until `startPrimary`. */
  async stopPrimary() {
    await this.#primary.down()
  }

  /** Starts the primary again on the same port. */
  async startPrimary() {
    await this.#primary.up()
  }

  /** Restarts the primary; sessions are terminated, the standby reconnects. */
  async restartPrimary() {
    await this.stopPrimary()
    await this.startPrimary()
  }

  /** Stops the standby until `startStandby`. */
  async stopStandby() {
    await this.#standby.supervisor.down()
  }

  /** Starts the standby again on the same port; resolves when it follows the primary. */
  async startStandby() {
    await this.#standby.up()
  }

  async restartStandby() {
    await this.stopStandby()
    await this.startStandby()
  }

  async #start(signal?: AbortSignal) {
    const callOff = () => void this.stop()
    signal?.addEventListener('abort', callOff, { once: true })
    this.#guard.install()
    try {
      // Before choosing ports: servers of an earlier owner still hold the previous ones.
      await Promise.all([this.#primary.endLeftovers(), this.#standby.supervisor.endLeftovers()])
      this.#context.directory.removeDrafts()
      this.#standby.renewMark()
      await this.#startPrimary()
      await this.#startStandby()
      this.#refuseWhenStopped()
    } finally {
      signal?.removeEventListener('abort', callOff)
    }
    this.#lock.markRunning()
    this.#check = setInterval(() => void this.#maintain(), CHECK_MS).unref()
  }

  async #startPrimary() {
    const { state } = this.#context
    for (let attempt = 1; ; attempt++) {
      this.#refuseWhenStopped()
      state.primaryPort = await findPort(state.primaryPort)
      try {
        return await this.#primary.up()
      } catch (error) {
        if (!(error instanceof PortTaken) || attempt === ATTEMPTS) throw error
      }
    }
  }

  async #startStandby() {
    const { state, onNotice } = this.#context
    try {
      await this.#standby.up(async () => {
        this.#refuseWhenStopped()
        state.standbyPort = await findPort(state.standbyPort, [state.primaryPort])
      })
    } catch (error) {
      this.#refuseWhenStopped()
      onNotice(`The database starts without its standby: ${error}`)
      this.#standby.supervisor.keepTrying()
    }
  }

  #refuseWhenStopped() {
    if (this.#stopped) throw new ClusterStopped('Starting the database was cancelled')
  }

  async #maintain() {
    try {
      for (const log of Object.values(this.#context.logs)) log.rotate()
      await this.#standby.check()
    } catch (error) {
      this.#context.onNotice(`The database could not be looked after: ${error}`)
    }
  }

  async #stop() {
    clearInterval(this.#check)
    // The primary first: it sends its last WAL to the standby before it stops.
    const primary = this.#primary.down(PRIMARY_FAST_MS)
    await Promise.race([primary, sleep(STANDBY_HEAD_START_MS)])
    await Promise.all([primary, this.#standby.supervisor.down(STANDBY_FAST_MS)])
    this.#guard.remove()
    this.#lock.release()
  }
}
