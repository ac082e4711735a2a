import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import getPort from 'get-port'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A disposable Redis with its own port and data directory; needs `redis-server` on the PATH. */
export class RedisServer {
  #process: ChildProcess | null = null
  #password = ''

  private constructor(
    private port: number,
    private directory: string
  ) {}

  static async start() {
    const directory = await mkdtemp(join(tmpdir(), 'kirana-redis-'))
    const server = new RedisServer(await getPort(), directory)
    await server.startAgain()
    return server
  }

  get url() {
    return `redis://127.0.0.1:${this.port}/0`
  }

  /** Restarts with the data of the last SAVE, which only tests request. */
  async startAgain() {
    const settings = ['--bind', '127.0.0.1', '--port', `${this.port}`, '--dir', this.directory]
    const child = spawn('redis-server', [...settings, '--save', ''], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = child
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)))
    child.stdout.on('data', (text) => {
      if (String(text).includes('Ready to accept connections')) resolve()
    })
    await promise
  }

  /** Like a power cut: nothing more is saved. */
  async kill() {
    const child = this.#process
    this.#process = null
    if (child?.kill('SIGKILL')) await once(child, 'exit')
  }

  /** Hangs it: connections stay open without responses. */
  hang() {
    this.#process?.kill('SIGSTOP')
  }

  goOn() {
    this.#process?.kill('SIGCONT')
  }

  /** For new and existing connections; none when empty. */
  async requirePassword(password: string) {
    const auth = this.#password ? ['--no-auth-warning', '-a', this.#password] : []
    const run = (...words: string[]) =>
      promisify(execFile)('redis-cli', ['-p', `${this.port}`, ...auth, ...words])
    await run('CONFIG', 'SET', 'requirepass', password)
    if (password) auth.splice(0, auth.length, '--no-auth-warning', '-a', password)
    this.#password = password
    await run('CLIENT', 'KILL', 'TYPE', 'normal').catch(() => {})
  }

  async stop() {
    await this.kill()
    await rm(this.directory, { recursive: true, force: true })
  }
}
