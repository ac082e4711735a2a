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

/** A PostgreSQL server of the stack: the programs are those of the embedded database. */
export abstract class Postgres extends Part {
  /** What the server writes; after a start, what it wrote since then. */
  protected readonly log: ServerLog
  /** True when this process has started the server. */
  protected isStartedHere = false
  #postmaster: Postmaster | undefined

  constructor(
    stack: StackContext,
    readonly name: PostgresName
  ) {
    super(stack)
    this.log = new ServerLog(stack.runner, join(stack.runDirectory, `${name}.log`))
  }

  /** Makes the data directory, if need be. */
  protected abstract prepare(): Promise<void>

  /** Settings beyond those that all servers share. */
  protected abstract get settings(): Settings

  /** Starts the server in its data directory, which is made ready before, unless it runs. */
  async start() {
    if (this.pid && (await this.accepts())) return
    // What a killed server has left behind would keep the new one from starting.
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

  /** True when it accepts connections. */
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

  /** The data directory of the server. */
  get directory() {
    return join(this.stack.settings.directory, 'postgres', this.name)
  }

  /** Runs `task` with a connection as superuser. */
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
