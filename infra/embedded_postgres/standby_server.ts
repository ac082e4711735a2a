import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { withAdmin } from './connection.ts'
import { adminAddress, type ClusterContext } from './cluster_context.ts'
import { writeState } from './cluster_state.ts'
import { checkVersion, configure, isComplete } from './data_directory.ts'
import { ClusterStopped, PortTaken, StandbyLost } from './errors.ts'
import { APPLICATION_DATABASE, serverSettings, standbySettings } from './settings.ts'
import { buildStandby, discardStandby, followingOf, type Following } from './standby.ts'
import { Supervisor } from './supervisor.ts'

const FOLLOWING_MS = 20_000
const POLL_MS = 25
const ATTEMPTS = 3
const MARK_FILE = 'pair.mark'
const FAILURES_BEFORE_REBUILD = 3

/** A cluster's standby: built when missing, and rebuilt when it cannot follow. */
export class StandbyServer {
  readonly supervisor: Supervisor
  readonly #context: ClusterContext

  constructor(context: ClusterContext) {
    const { runner, directory, logs, onNotice } = context
    this.#context = context
    this.supervisor = new Supervisor({
      name: 'standby',
      runner,
      directory: directory.standby,
      log: logs.standby,
      onProgress: (message) => context.onProgress(message),
      onNotice,
      prepare: (signal) => this.#prepare(signal),
      afterStart: (signal) => this.#awaitFollowing(signal),
      onFailure: (error, failures) => {
        if (failures % FAILURES_BEFORE_REBUILD === 0) this.discard(error)
      },
    })
  }

  /**
   * Starts the standby; resolves when it follows the primary. A standby that does not start or cannot follow is
   * rebuilt.
   *
   * @param beforeAttempt called before each attempt; attempts are repeated when the port is taken
   */
  async up(beforeAttempt = async () => {}) {
    for (let attempt = 1; ; attempt++) {
      await beforeAttempt()
      try {
        return await this.supervisor.up()
      } catch (error) {
        if (attempt === ATTEMPTS || error instanceof ClusterStopped) throw error
        this.discard(error)
      }
    }
  }

  /**
   * Renews a marker shared by primary and standby, before they start. If the primary's files are replaced by an
   * older copy, its marker is older too: the standby then has WAL this primary never wrote, and would silently
   * diverge.
   */
  renewMark() {
    const { directory, runner } = this.#context
    const servers = [directory.standby, directory.primary]
    if (!servers.every((server) => existsSync(server)) || !this.#belongsToPrimary()) return
    const mark = randomUUID()
    for (const server of servers) runner.write(join(server, MARK_FILE), mark)
  }

  /** Removes the files because of `error`, unless a new copy would fail the same way. */
  discard(error: unknown) {
    const { directory, onNotice } = this.#context
    if (error instanceof PortTaken || !existsSync(directory.standby)) return
    if (!isComplete(directory.primary)) return
    onNotice(`PostgreSQL (standby) is rebuilt from the primary: ${messageOf(error)}`)
    discardStandby(directory.standby)
  }

  /** Rebuilds the standby if it can never catch up. Called periodically. */
  async check() {
    if (!this.supervisor.isWanted || !this.supervisor.pid) return
    const following = await this.#following()
    if (following !== 'lost' || !this.supervisor.isWanted) return
    await this.supervisor.down(0)
    this.discard(new StandbyLost())
    this.supervisor.keepTrying()
  }

  async #prepare(signal: AbortSignal) {
    const { directory, runner, state, onProgress } = this.#context
    if (!isComplete(directory.standby, 'standby.signal')) this.discard(new Error('it lacks files'))
    if (!this.#belongsToPrimary()) this.discard(new Error('it follows another primary'))
    if (!existsSync(directory.standby)) await this.#build(signal)

    checkVersion(directory.standby, runner.version)
    runner.claim(directory.standby)
    writeState(runner, directory.path, state)
    configure(runner, directory.standby, {
      ...serverSettings(state.standbyPort),
      ...standbySettings(adminAddress(this.#context)),
    })
    onProgress('Starting PostgreSQL (standby)')
  }

  #belongsToPrimary() {
    const { directory } = this.#context
    return readMark(directory.primary) === readMark(directory.standby)
  }

  async #build(signal: AbortSignal) {
    const { directory, runner, onProgress } = this.#context
    onProgress('Copying the primary to a standby')
    await withAdmin(adminAddress(this.#context), (client) =>
      buildStandby({ client, runner, source: directory.primary, target: directory.standby, signal })
    )
  }

  /** A standby that does not connect in time is left to `check`; reads fall back to the primary. */
  async #awaitFollowing(signal: AbortSignal) {
    const end = performance.now() + FOLLOWING_MS
    while (performance.now() < end) {
      const following = await this.#following()
      if (following === 'streaming') return this.#refuseDamage()
      if (following === 'lost') throw new StandbyLost()
      await sleep(POLL_MS, undefined, { signal })
    }
    this.#context.onNotice('PostgreSQL (standby) runs but does not follow the primary yet')
  }

  /** A standby can follow although files are missing; opening a session in the database detects that. */
  async #refuseDamage() {
    const { state } = this.#context
    const address = { port: state.standbyPort, password: state.adminPassword }
    await withAdmin(address, (client) => client.query('select 1'), APPLICATION_DATABASE)
  }

  async #following(): Promise<Following> {
    const log = this.#context.logs.standby.tail()
    return withAdmin(adminAddress(this.#context), (client) => followingOf(client, log)).catch(
      () => 'waiting' as const
    )
  }
}

function readMark(directory: string) {
  const file = join(directory, MARK_FILE)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function messageOf(error: unknown) {
  return error instanceof Error ? error.message : String(error)
}
