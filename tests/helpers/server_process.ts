import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import getPort from 'get-port'
import app from '@adonisjs/core/services/app'

/** The application as a separate process with its own port. */
export class ServerProcess {
  /** Combined stdout and stderr. */
  output = ''

  private constructor(
    private child: ChildProcess,
    readonly url: string
  ) {
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.on('data', (text) => (this.output += text))
    }
  }

  /** @param script `bin/start.ts` or `bin/server.ts` */
  static start(script: string, env: Record<string, string>) {
    return this.#run(['--import=@poppinss/ts-exec', script], env)
  }

  /** Compiled, as `npm start` runs it, on a database that is ready. @param options for Node */
  static startCompiled(options: string[], env: Record<string, string>) {
    return this.#run([...options, 'start.js', 'server'], env)
  }

  static async #run(words: string[], env: Record<string, string>) {
    const port = String(await getPort())
    const child = spawn(process.execPath, words, {
      cwd: app.makePath(),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', HOST: '127.0.0.1', PORT: port, ...env },
    })
    return new ServerProcess(child, `http://127.0.0.1:${port}`)
  }

  get pid() {
    return this.child.pid!
  }

  /** Resolves with the exit code, or the signal that ended it. */
  async ended() {
    const { child } = this
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    return child.exitCode ?? child.signalCode
  }

  get(path: string, headers: Record<string, string> = {}) {
    return fetch(new URL(path, this.url), { headers, redirect: 'manual' })
  }

  async status(path: string) {
    return (await this.get(path)).status
  }

  /** Returns the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill('SIGTERM')
      await once(this.child, 'exit')
    }
    return this.child.exitCode
  }
}
