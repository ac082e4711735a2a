import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { closeSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PortTaken, PostgresStartFailed } from './errors.ts'
import { listProcesses, signalProcess, waitUntil } from './processes.ts'
import type { Runner } from './runner.ts'
import type { ServerLog } from './server_log.ts'

// Remainder of the 4 s for stopping, after the fast shutdown.
const IMMEDIATE_MS = 700
const LEFTOVER_FAST_MS = 3_000
const LEFTOVER_SESSION_MS = 300
const WAIT_MESSAGE_MS = 5_000

/** How a server process exited. */
export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

interface PostmasterOptions {
  runner: Runner
  /** The data directory; its last part is the server's name in messages. */
  directory: string
  log: ServerLog
  /** Called when the server exits unexpectedly. */
  onCrash: (exit: Exit) => void
}

/** A PostgreSQL server process: start, find and stop it. */
export class Postmaster {
  readonly #options: PostmasterOptions
  readonly #marker: string
  readonly #stopping = new WeakSet<ChildProcess>()
  #child: ChildProcess | null = null

  constructor(options: PostmasterOptions) {
    this.#options = options
    this.#marker = markerOf(options.directory)
  }

  /** Process id of the server; null while it is down. */
  get pid() {
    return this.#child?.pid ?? null
  }

  /**
   * Starts the server and resolves when it accepts connections. Crash recovery may take long, so there is no
   * timeout while the process lives.
   *
   * @throws PortTaken, PostgresStartFailed; the signal's reason when cancelled
   */
  async start(options: { signal: AbortSignal; onWait?: () => void }) {
    const child = this.#spawn()
    this.#child = child
    let exit: Exit | null = null
    let failure: Error | undefined
    let ready = false
    child.once('error', (error) => {
      failure = error
      exit = { code: null, signal: null }
      this.#child = null
    })
    child.once('exit', (code, signal) => {
      exit = { code, signal }
      this.#child = null
      if (ready && !this.#stopping.has(child)) this.#options.onCrash(exit)
    })

    let nextMessage = performance.now() + WAIT_MESSAGE_MS
    while (!this.#isReady(child)) {
      if (exit) throw this.#startFailed(failure)
      if (options.signal.aborted) {
        await this.stop(0)
        throw options.signal.reason
      }
      if (performance.now() > nextMessage) {
        nextMessage += WAIT_MESSAGE_MS
        options.onWait?.()
      }
      await sleep(10)
    }
    ready = true
    // The process may exit while the server runs; see `signalExit`.
    child.unref()
  }

  /**
   * Stops the server: fast shutdown (sessions are terminated, data is flushed) for `fastMs`, then immediate
   * shutdown (the next start replays the WAL), then SIGKILL. Idempotent.
   */
  async stop(fastMs: number) {
    const child = this.#child
    if (!child) return
    this.#stopping.add(child)
    const gone = () => child.exitCode !== null || child.signalCode !== null

    child.kill('SIGINT')
    this.#wake()
    if (await waitUntil(gone, fastMs)) return
    child.kill('SIGQUIT')
    if (await waitUntil(gone, IMMEDIATE_MS)) return
    child.kill('SIGKILL')
    await waitUntil(gone, IMMEDIATE_MS)
    await this.endLeftovers()
  }

  /** Process id of a server running on this data directory, regardless of who started it. */
  get runningPid() {
    return this.#leftovers().find(isServer)?.pid ?? null
  }

  /** Signals the server to stop, without waiting; used while the owner exits. */
  signalExit() {
    this.#child?.kill('SIGINT')
    this.#wake()
  }

  /** A process stopped by SIGSTOP handles no other signal but SIGKILL. */
  #wake() {
    for (const { pid } of this.#leftovers()) signalProcess(pid, 'SIGCONT')
  }

  /**
   * Stops servers left by an earlier owner, and sessions left by a killed server, on this data directory. Orphaned
   * sessions hold its shared memory, which prevents a new server from starting.
   *
   * @param fastMs timeout of the fast shutdown
   */
  async endLeftovers(fastMs = LEFTOVER_FAST_MS) {
    const gone = () => this.#leftovers().length === 0
    if (!gone()) await this.#endLeftovers(gone, fastMs)
    // No server runs here: the id in this file may belong to another program by now.
    rmSync(join(this.#options.directory, 'postmaster.pid'), { force: true })
  }

  async #endLeftovers(gone: () => boolean, fastMs: number) {
    const servers = this.#leftovers().filter(isServer)
    for (const { pid } of servers) signalProcess(pid, 'SIGINT')
    this.#wake()
    if (await waitUntil(gone, servers.length > 0 ? fastMs : LEFTOVER_SESSION_MS)) return

    for (const { pid } of this.#leftovers().filter(isServer)) signalProcess(pid, 'SIGKILL')
    for (const { pid } of this.#leftovers()) signalProcess(pid, 'SIGKILL')
    await waitUntil(gone, LEFTOVER_FAST_MS)
  }

  #leftovers() {
    return listProcesses().filter(
      ({ command }) =>
        command.startsWith(`postgres: ${this.#marker}: `) ||
        (command.includes('/bin/postgres ') && command.includes(`cluster_name=${this.#marker}`))
    )
  }

  #spawn() {
    const { runner, directory, log } = this.#options
    const descriptor = log.open()
    try {
      // In a separate session: Ctrl-C reaches only the owner, which then stops the server.
      return runner.spawn('postgres', serverParameters(directory), {
        stdio: ['ignore', descriptor, descriptor],
        detached: true,
      })
    } finally {
      closeSync(descriptor)
    }
  }

  #isReady(child: ChildProcess) {
    const lines = readLines(join(this.#options.directory, 'postmaster.pid'))
    return Number(lines[0]) === child.pid && ['ready', 'standby'].includes(lines[7]?.trim())
  }

  #startFailed(cause?: Error) {
    const { directory, log } = this.#options
    const name = basename(directory)
    const reason = cause?.message ?? log.lastError()
    const ErrorClass = /could not bind|TCP\/IP socket/.test(log.tail())
      ? PortTaken
      : PostgresStartFailed
    return new ErrorClass(`PostgreSQL (${name}) did not start: ${reason}; its log is ${log.path}`, {
      cause: cause ?? new Error(log.tail().trim()),
    })
  }
}

function isServer({ command }: { command: string }) {
  return !command.startsWith('postgres: ')
}

/** Parameters that mark the processes of a data directory's server. */
export function serverParameters(directory: string) {
  return ['-D', directory, '-c', `cluster_name=${markerOf(directory)}`]
}

/** Marker in the command line of every process of a data directory's server. */
export function markerOf(directory: string) {
  const hash = createHash('sha256')
    .update(realpathSync(dirname(directory)))
    .digest('hex')
  return `kirana-${basename(directory)}-${hash.slice(0, 12)}`
}

function readLines(path: string) {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
