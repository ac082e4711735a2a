import type { Runner } from '../embedded_postgres/runner.ts'
import { StackPortTaken } from './errors.ts'
import { isListening, waitFor } from './probes.ts'
import type { StackSettings } from './stack_settings.ts'

const FREE_MS = 5_000

/** All parts of the stack, in display order. */
export const PART_NAMES = [
  'primary',
  'replica-1',
  'replica-2',
  'haproxy',
  'redis',
  'kafka',
  'connect',
  'elasticsearch',
] as const

/** Name of a part in commands, logs and directories. */
export type PartName = (typeof PART_NAMES)[number]

/** State shared by all parts. */
export interface StackContext {
  settings: StackSettings
  /** Runs programs as a user other than root. */
  runner: Runner
  /** Directory of logs and process ids. */
  runDirectory: string
  /** Reports one line to the user. */
  say: (message: string) => void
}

/** One server of the stack. Its processes outlive the command that started them. */
export abstract class Part {
  abstract readonly name: PartName
  /** Required Debian packages, each with a program that shows that it is installed. */
  readonly packages: Record<string, string> = {}
  /** Parts that must be ready first. */
  readonly needs: PartName[] = []

  constructor(protected readonly stack: StackContext) {}

  /** Installs programs that are not Debian packages, if missing. */
  async install(): Promise<void> {}

  /** Starts it unless it runs, repairs it if possible, and resolves when it is ready. */
  abstract start(): Promise<void>

  /** Whether it is ready for use. */
  abstract isReady(): Promise<boolean>

  /** Stops it gracefully, by force after a timeout. No-op when it is down. */
  abstract stop(): Promise<void>

  /** Kills it immediately, like a power cut. */
  abstract kill(): Promise<void>

  /** Process id; null while it is down. */
  abstract get pid(): number | null

  /** Program version, as recorded in `infra/versions.json`. */
  abstract get version(): string

  /** The port for clients. */
  get port() {
    return this.stack.settings.ports[this.name]
  }

  /**
   * Called before starting a part that is down.
   *
   * @throws StackPortTaken when the port is still in use after a killed program should have exited
   */
  protected async awaitFreePort() {
    const isFree = await waitFor(async () => !(await isListening(this.port)), FREE_MS)
    if (!isFree) throw new StackPortTaken(this.name, this.port)
  }

  /** Reports a line prefixed with the part's name. */
  protected say(message: string) {
    this.stack.say(`${this.name}: ${message}`)
  }
}
