import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import getPort from 'get-port'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A disposable Redis or Valkey with its own port and data directory; needs `redis-cli` on the PATH. */
export class RedisServer {
  #process: ChildProcess | null = null
  #password = ''

  private constructor(
    private program: string,
    readonly port: number,
    private directory: string,
    private settings: string[]
  ) {}

  /** @param settings more parameters of its command line */
  static async start({ program = 'redis-server', settings = [] as string[] } = {}) {
    const directory = await mkdtemp(join(tmpdir(), 'kirana-redis-'))
    const server = new RedisServer(program, await getPort(), directory, settings)
    await server.startAgain()
    return server
  }

  get isUp() {
    return this.#process !== null
  }

  get url() {
    return `redis://127.0.0.1:${this.port}/0`
  }

  /** Restarts with the data of the last SAVE, which only tests request. */
  async startAgain() {
    const settings = ['--bind', '127.0.0.1', '--port', `${this.port}`, '--dir', this.directory]
    const child = spawn(this.program, [...settings, '--save', '', ...this.settings], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#process = child
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${this.program} ended with ${code}`)))
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
    await this.ask('CONFIG', 'SET', 'requirepass', password)
    this.#password = password
    await this.ask('CLIENT', 'KILL', 'TYPE', 'normal').catch(() => {})
  }

  /** The answer to a command, as text. */
  async ask(...words: string[]) {
    const auth = this.#password ? ['--no-auth-warning', '-a', this.#password] : []
    const { stdout } = await run('redis-cli', ['-e', '-p', `${this.port}`, ...auth, ...words])
    return stdout.trim()
  }

  async stop() {
    await this.kill()
    await rm(this.directory, { recursive: true, force: true })
  }
}
