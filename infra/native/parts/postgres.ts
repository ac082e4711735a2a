import { join } from 'node:path'
import type pg from 'pg'
import { withAdmin } from '../../embedded_postgres/connection.ts'
import { checkVersion, configure } from '../../embedded_postgres/data_directory.ts'
import { Postmaster } from '../../embedded_postgres/postmaster.ts'
import { processIdentity, signalProcess, waitUntil } from '../../embedded_postgres/processes.ts'
import { ServerLog } from '../../embedded_postgres/server_log.ts'
import { serverSettings, type Settings } from '../../embedded_postgres/settings.ts'
import { Part, type PartName, type StackContext } from '../part.ts'

const STOP_MS = 15_000
const KILL_MS = 5_000
const MAX_CONNECTIONS = 200

type PostgresName = Extract<PartName, 'primary' | `replica-${number}`>

/** A PostgreSQL server of the stack, with the programs of the embedded database. */
export abstract class Postgres extends Part {
  /** The server's log; after a start, its output since then. */
  protected readonly log: ServerLog
  /** Whether this process started the server. */
  protected isStartedHere = false
  #postmaster: Postmaster | undefined

  constructor(
    stack: StackContext,
    readonly name: PostgresName
  ) {
    super(stack)
    this.log = new ServerLog(stack.runner, join(stack.runDirectory, `${name}.log`))
  }

  /** Creates the data directory, if necessary. */
  protected abstract prepare(): Promise<void>

  /** Settings in addition to the shared ones. */
  protected abstract get settings(): Settings

  /** Prepares the data directory and starts the server, unless it runs. */
  async start() {
    if (this.pid && (await this.accepts())) return
    // Leftovers of a killed server would prevent the new one from starting.
    await this.postmaster.endLeftovers(STOP_MS)
    await this.awaitFreePort()
    await this.prepare()
    const { runner } = this.stack
    runner.claim(this.directory)
    checkVersion(this.directory, runner.version)
    configure(runner, this.directory, {
      ...serverSettings(this.port),
      max_connections: MAX_CONNECTIONS,
      ...this.settings,
    })
    this.say('starting')
    const onWait = () => this.say('still recovering its data')
    await this.postmaster.start({ signal: new AbortController().signal, onWait })
    this.isStartedHere = true
  }

  async isReady() {
    return this.accepts()
  }

  /** Whether it accepts connections. */
  protected accepts() {
    return this.query((client) => client.query('select 1')).then(
      () => true,
      () => false
    )
  }

  async stop() {
    await this.postmaster.endLeftovers(STOP_MS)
  }

  async kill() {
    const { pid } = this
    if (!pid) return
    signalProcess(pid, 'SIGKILL')
    await waitUntil(() => processIdentity(pid) === null, KILL_MS)
  }

  get pid() {
    return this.postmaster.runningPid
  }

  get version() {
    return this.stack.settings.versions.postgres
  }

  get directory() {
    return join(this.stack.settings.directory, 'postgres', this.name)
  }

  /** Runs `task` with a superuser connection. */
  query<Result>(task: (client: pg.Client) => Promise<Result>, database?: string) {
    return withAdmin({ port: this.port, password: this.adminPassword }, task, database)
  }

  protected get adminPassword() {
    return this.stack.settings.passwords.admin
  }

  protected get postmaster() {
    this.#postmaster ??= new Postmaster({
      runner: this.stack.runner,
      directory: this.directory,
      log: this.log,
      onCrash: () => {},
    })
    return this.#postmaster
  }
}
