import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import getPort from 'get-port'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { eventually } from '#tests/helpers/eventually'

const START_MS = 90_000
const SOURCES = ['--import=@poppinss/ts-exec', 'bin/server.ts']
const COMPILED = ['start.js', 'server']

interface Options {
  /** As `npm start` runs it, on a database that is ready. */
  isCompiled?: boolean
  /** Ctrl-C does not reach it: the command that it belongs to stops it. */
  isApart?: boolean
}

/** The real application: a separate process, on a fixed port. */
export class ApplicationProcess {
  #process: ChildProcess | null = null

  private constructor(
    readonly port: number,
    private env: NodeJS.ProcessEnv,
    private options: Options
  ) {}

  /**
   * @param env differences from the environment of the tests
   */
  static async start(env: NodeJS.ProcessEnv = {}, options: Options = {}) {
    const server = new ApplicationProcess(await getPort(), env, options)
    await server.startAgain()
    return server
  }

  get origin() {
    return `http://127.0.0.1:${this.port}`
  }

  get pid() {
    return this.#process?.pid
  }

  /** File with its standard output. */
  get logFile() {
    return join(app.makePath('tmp'), `server-${this.port}.log`)
  }

  async startAgain() {
    mkdirSync(app.makePath('tmp'), { recursive: true })
    const log = openSync(this.logFile, 'a')
    const words = this.options.isCompiled ? COMPILED : SOURCES
    this.#process = spawn(process.execPath, words, {
      cwd: app.makePath(),
      detached: this.options.isApart,
      stdio: ['ignore', log, log],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        LOG_LEVEL: 'info',
        ...this.env,
        HOST: '127.0.0.1',
        PORT: String(this.port),
      },
    })
    closeSync(log)
    await eventually(async () => {
      if (this.#process?.exitCode !== null) throw new Error(`It ended; see ${this.logFile}`)
      await fetch(`${this.origin}/health/live`)
    }, START_MS)
  }

  async health() {
    const response = await fetch(`${this.origin}/health/ready`)
    return (await response.json()) as Record<string, { healthy?: boolean }>
  }

  /** Kills it abruptly, like a power cut. */
  kill() {
    return this.#end('SIGKILL')
  }

  stop() {
    return this.#end('SIGTERM')
  }

  async #end(signal: NodeJS.Signals) {
    const child = this.#process
    this.#process = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
}
