import { Daemon } from './daemon.ts'
import { PartNotReady } from './errors.ts'
import { Part, type StackContext } from './part.ts'
import { waitFor } from './probes.ts'
import { makeDirectory } from './stack_settings.ts'

const STOP_MS = 15_000
const WAIT_MS = 180_000
const WAIT_MESSAGE_MS = 15_000

/** A part consisting of one daemon, configured at each start. */
export abstract class DaemonPart extends Part {
  #daemon: Daemon | undefined

  constructor(stack: StackContext) {
    super(stack)
  }

  /** Program, parameters and environment; called before each start, to write the configuration. */
  protected abstract prepare(): Promise<{
    program: string
    parameters: string[]
    env?: NodeJS.ProcessEnv
  }>

  async start() {
    if (this.daemon.pid && (await this.isReady())) return
    if (!this.daemon.pid) {
      await this.awaitFreePort()
      const { program, parameters, env } = await this.prepare()
      this.say('starting')
      this.daemon.start(program, parameters, env)
    }
    await this.#becomeReady()
  }

  async stop() {
    await this.daemon.stop(STOP_MS)
  }

  async kill() {
    await this.daemon.kill()
  }

  get pid() {
    return this.daemon.pid
  }

  protected get daemon() {
    this.#daemon ??= new Daemon(this.stack.runner, this.stack.runDirectory, this.name)
    return this.#daemon
  }

  /** A directory owned by the user who runs the part. */
  protected ownDirectory(...folders: string[]) {
    const directory = makeDirectory(this.stack.settings.directory, this.name, ...folders)
    this.stack.runner.claim(directory)
    return directory
  }

  async #becomeReady() {
    let isUp = false
    const messages = setInterval(() => this.say('still starting'), WAIT_MESSAGE_MS)
    await waitFor(async () => {
      isUp = await this.isReady()
      return isUp || !this.daemon.pid
    }, WAIT_MS)
    clearInterval(messages)
    if (isUp) return
    const { log, pid } = this.daemon
    const reason = pid ? `is not ready after ${WAIT_MS / 1000} s` : 'ended while it was starting'
    throw new PartNotReady(this.name, reason, { path: log.path, tail: log.tail() })
  }
}
