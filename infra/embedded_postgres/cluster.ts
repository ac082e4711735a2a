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

// Stopping takes 4 s at most: see `Postmaster.stop` for what comes after the fast shutdown.
const PRIMARY_FAST_MS = 2_000
const STANDBY_HEAD_START_MS = 1_000
const STANDBY_FAST_MS = 1_000

/** How to start a cluster. */
export interface ClusterOptions {
  /** Where the cluster lives; made on first use. */
  directory: string
  /** Called with one line for each step, and every 5 s while a step takes long. */
  onProgress?: Say
  /**
   * Called with one line when something went wrong and was dealt with, such as a server that
   * was killed and started again. By default the line goes to the standard error output.
   */
  onNotice?: Say
  /** Calls off a start that is under way, and stops what it has started. */
  signal?: AbortSignal
  /** Ways to get a user for PostgreSQL, by default every one; see `chooseRunner`. */
  runnerModes?: RunnerMode[]
}

/**
 * A PostgreSQL primary and one streaming standby that belong to this process: on 127.0.0.1, with a
 * password, on ports that stay the same as long as they are free. The data outlives the process.
 *
 * Both servers are started again when they end by themselves. They end with this process (see
 * `ExitGuard`); when it is killed they go on, and the next `start` ends them before its own.
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
   * Starts the cluster in a directory, and makes it on first use. Resolves when the primary
   * accepts connections and the standby follows it. When only the standby fails, the cluster is
   * there all the same, and the standby is tried again in the background.
   *
   * @throws EmbeddedPostgresError: `E_DATA_DIRECTORY_IN_USE`, `E_DATA_DIRECTORY_UNWRITABLE`,
   * `E_DATA_DIRECTORY_INVALID`, `E_DATA_DIRECTORY_VERSION`, `E_UNSUPPORTED_PLATFORM`,
   * `E_BINARIES_UNUSABLE`, `E_NO_USER_TO_RUN_AS`, `E_CLUSTER_CREATION_FAILED`,
   * `E_POSTGRES_START_FAILED`, `E_CLUSTER_STOPPED`
   */
  static async start(options: ClusterOptions): Promise<EmbeddedCluster> {
    const { onProgress = () => {}, onNotice = console.error, signal } = options
    if (signal?.aborted) throw new ClusterStopped('The start of the database was called off')

    const directory = ClusterDirectory.open(options.directory)
    const lock = withClearErrors(directory.path, () => DirectoryLock.acquire(directory.path))
    let cluster: EmbeddedCluster | undefined
    try {
      const { runnerModes: modes } = options
      const context = openContext({ directory, onProgress, onNotice, modes })
      lock.giveTo((path) => context.runner.claim(path))
      cluster = new EmbeddedCluster(context, lock)
      await cluster.#start(signal)
      // From here on nobody waits; what happens is said by `onNotice`.
      context.onProgress = () => {}
      return cluster
    } catch (error) {
      await cluster?.stop()
      lock.release()
      throw clearError(directory.path, error)
    }
  }

  /**
   * The addresses of a cluster that a live process runs in a directory, else null. Waits, for a
   * minute at most, for a process that is just starting it.
   *
   * @throws DataDirectoryUnwritable when the directory belongs to somebody else
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

  /** The same on the standby, which can only be read. */
  get standbyUrl() {
    return urlsOf(this.#context.state).standbyUrl
  }

  /** Process id of the primary's server, null while it is down. */
  get primaryPid() {
    return this.#primary.pid
  }

  /** Process id of the standby's server, null while it is down. */
  get standbyPid() {
    return this.#standby.supervisor.pid
  }

  /** Stops both servers, in 4 s at most, and lets the next owner in. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  /** Stops the primary, which then stays down until `startPrimary`. */
  async stopPrimary() {
    await this.#primary.down()
  }

  /** Starts the primary again, at the same address. */
  async startPrimary() {
    await this.#primary.up()
  }

  /** Stops and starts the primary; sessions are cut off, the standby connects again. */
  async restartPrimary() {
    await this.stopPrimary()
    await this.startPrimary()
  }

  /** Stops the standby, which then stays down until `startStandby`. */
  async stopStandby() {
    await this.#standby.supervisor.down()
  }

  /** Starts the standby again, at the same address; resolves when it follows the primary. */
  async startStandby() {
    await this.#standby.up()
  }

  /** Stops and starts the standby. */
  async restartStandby() {
    await this.stopStandby()
    await this.startStandby()
  }

  async #start(signal?: AbortSignal) {
    const callOff = () => void this.stop()
    signal?.addEventListener('abort', callOff, { once: true })
    this.#guard.install()
    try {
      // Before ports are chosen, for an earlier owner's servers hold those of last time.
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
    if (this.#stopped) throw new ClusterStopped('The start of the database was called off')
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
    // First the primary alone: it hands the standby its last WAL before it ends.
    const primary = this.#primary.down(PRIMARY_FAST_MS)
    await Promise.race([primary, sleep(STANDBY_HEAD_START_MS)])
    await Promise.all([primary, this.#standby.supervisor.down(STANDBY_FAST_MS)])
    this.#guard.remove()
    this.#lock.release()
  }
}
