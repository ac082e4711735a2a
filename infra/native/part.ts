import type { Runner } from '../embedded_postgres/runner.ts'
import { StackPortTaken } from './errors.ts'
import { isListening, waitFor } from './probes.ts'
import type { StackSettings } from './stack_settings.ts'

const FREE_MS = 5_000

/** Every part of the stack, in the order of the tables. */
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

/** Name of a part, in commands, logs and folders. */
export type PartName = (typeof PART_NAMES)[number]

/** What all parts of a stack share. */
export interface StackContext {
  settings: StackSettings
  /** Starts programs as a user who is not root. */
  runner: Runner
  /** Folder of the logs and the process ids. */
  runDirectory: string
  /** Says one line to whoever runs the stack. */
  say: (message: string) => void
}

/** One server of the stack. Its processes outlive the command that started them. */
export abstract class Part {
  abstract readonly name: PartName
  /** Debian packages that hold its programs, and the program that tells that one is installed. */
  readonly packages: Record<string, string> = {}
  /** Parts that must be ready before this one is started. */
  readonly needs: PartName[] = []

  constructor(protected readonly stack: StackContext) {}

  /** Brings programs that are no Debian packages to this machine, unless they are here. */
  async install(): Promise<void> {}

  /** Starts it unless it runs, repairs it where that is possible, and resolves when it is ready. */
  abstract start(): Promise<void>

  /** True when it does its work at this moment. */
  abstract isReady(): Promise<boolean>

  /** Stops it in an orderly way, by force when it takes too long. Harmless when it is down. */
  abstract stop(): Promise<void>

  /** Ends it at once, as a power cut would. */
  abstract kill(): Promise<void>

  /** Process id, null while it is down. */
  abstract get pid(): number | null

  /** Version of its program, as far as `infra/versions.json` knows it. */
  abstract get version(): string

  /** The port that its users connect to. */
  get port() {
    return this.stack.settings.ports[this.name]
  }

  /**
   * For a part that is down and about to start.
   *
   * @throws StackPortTaken when the port stays taken for longer than a killed program needs to end
   */
  protected async awaitFreePort() {
    const isFree = await waitFor(async () => !(await isListening(this.port)), FREE_MS)
    if (!isFree) throw new StackPortTaken(this.name, this.port)
  }

  /** A line with the part's name before it. */
  protected say(message: string) {
    this.stack.say(`${this.name}: ${message}`)
  }
}
