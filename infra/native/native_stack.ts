import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { locateBinaries } from '../embedded_postgres/binaries.ts'
import { DataDirectoryInUse } from '../embedded_postgres/errors.ts'
import { DirectoryLock } from '../embedded_postgres/lock.ts'
import { chooseRunner } from '../embedded_postgres/runner.ts'
import { appEnvironment, renderEnvironment } from './app_environment.ts'
import { StackError, UnknownPart } from './errors.ts'
import { installPackages } from './installation.ts'
import { PART_NAMES, type Part, type PartName, type StackContext } from './part.ts'
import { Connect } from './parts/connect.ts'
import { Elasticsearch } from './parts/elasticsearch.ts'
import { Haproxy } from './parts/haproxy.ts'
import { Kafka } from './parts/kafka.ts'
import { Primary } from './parts/primary.ts'
import { Redis } from './parts/redis.ts'
import { Replica } from './parts/replica.ts'
import { memoryOf } from './process_table.ts'
import { makeDirectory, readStackSettings, type StackSettings } from './stack_settings.ts'

const TURN_MS = 200

/** Current state of a part. */
export interface PartStatus {
  name: PartName
  /** `silent`: running, but not answering. */
  state: 'up' | 'silent' | 'down'
  pid: number | null
  port: number
  /** In MiB, including child processes. */
  memory: number
  version: string
}

/** The full stack on this machine, without containers; its parts outlive this process. */
export class NativeStack {
  readonly settings: StackSettings
  readonly #context: StackContext
  readonly #parts: Map<PartName, Part>

  private constructor(context: StackContext) {
    this.settings = context.settings
    this.#context = context
    const primary = new Primary(context)
    const parts: Part[] = [
      primary,
      new Replica(context, primary, 'replica-1'),
      new Replica(context, primary, 'replica-2'),
      new Haproxy(context),
      new Redis(context),
      new Kafka(context),
      new Connect(context),
      new Elasticsearch(context),
    ]
    this.#parts = new Map(parts.map((part) => [part.name, part]))
  }

  /**
   * The stack in a directory, up or down.
   *
   * @param say called with one line for each step
   */
  static open(settings = readStackSettings(), say: StackContext['say'] = () => {}) {
    const runDirectory = makeDirectory(settings.directory, 'run')
    const postgres = makeDirectory(settings.directory, 'postgres')
    const runner = chooseRunner(locateBinaries(join(settings.directory, 'lib')), postgres)
    runner.claim(postgres)
    return new NativeStack({ settings, runner, runDirectory, say })
  }

  get environment() {
    return appEnvironment(this.settings)
  }

  /** File with the environment; written by the first `up`. */
  get environmentFile() {
    return join(this.settings.directory, 'app.env')
  }

  /** Starts parts, by default all, with their dependencies; repairs broken ones. */
  async up(names: PartName[] = [...PART_NAMES]) {
    const wanted = this.#withNeeds(names)
    await this.#inTurn(async () => {
      const parts = [...wanted].map((name) => this.part(name))
      const packages = Object.assign({}, ...parts.map((part) => part.packages))
      await installPackages(packages, this.#context.say)
      const starts = new Map<PartName, Promise<void>>()
      for (const part of parts) starts.set(part.name, this.#bringUp(part, starts))
      const results = await Promise.allSettled(starts.values())
      const failures = results.filter((result) => result.status === 'rejected')
      if (failures.length > 0) throw allOf(failures.map(({ reason }) => reason))
      writeFileSync(this.environmentFile, renderEnvironment(this.environment), { mode: 0o600 })
    })
  }

  /** Stops parts, by default all, dependents first. */
  async down(names: PartName[] = [...PART_NAMES]) {
    await this.#inTurn(async () => {
      const stops = new Map<PartName, Promise<void>>()
      for (const name of [...PART_NAMES].reverse().filter((each) => names.includes(each))) {
        stops.set(name, this.#takeDown(this.part(name), stops))
      }
      await Promise.all(stops.values())
    })
  }

  /** Deletes all data, logs and settings; the parts must be down. */
  wipe() {
    rmSync(this.settings.directory, { recursive: true, force: true })
  }

  status(): Promise<PartStatus[]> {
    return Promise.all(PART_NAMES.map((name) => this.#statusOf(this.part(name))))
  }

  /** A single part, to stop, kill or start. */
  part(name: PartName): Part {
    return this.#parts.get(name)!
  }

  async #bringUp(part: Part, starts: Map<PartName, Promise<void>>) {
    const startedAt = performance.now()
    await part.install()
    for (const need of part.needs) {
      await starts.get(need)!.catch((cause) => {
        throw new StackError(`${part.name} is not started, because ${need} is not up`, { cause })
      })
    }
    await part.start()
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    this.#context.say(`${part.name}: up on port ${part.port} (${seconds} s)`)
  }

  async #takeDown(part: Part, stops: Map<PartName, Promise<void>>) {
    const users = [...stops.keys()].filter((name) => this.part(name).needs.includes(part.name))
    await Promise.all(users.map((name) => stops.get(name)))
    const wasUp = part.pid !== null
    await part.stop()
    if (wasUp) this.#context.say(`${part.name}: stopped`)
  }

  async #statusOf(part: Part): Promise<PartStatus> {
    const { name, pid, port, version } = part
    const state = pid === null ? 'down' : (await part.isReady()) ? 'up' : 'silent'
    return { name, state, pid, port, memory: pid === null ? 0 : memoryOf(pid), version }
  }

  #withNeeds(names: PartName[]) {
    const wanted = new Set(names)
    for (const name of wanted) for (const need of this.part(name).needs) wanted.add(need)
    return new Set(PART_NAMES.filter((name) => wanted.has(name)))
  }

  /** Serialises commands on the stack. */
  async #inTurn(task: () => Promise<void>) {
    const lock = await this.#lock()
    try {
      await task()
    } finally {
      if (existsSync(this.settings.directory)) lock.release()
    }
  }

  async #lock() {
    for (let isSaid = false; ; isSaid = true) {
      try {
        return DirectoryLock.acquire(this.#context.runDirectory)
      } catch (error) {
        if (!(error instanceof DataDirectoryInUse)) throw error
        if (!isSaid)
          this.#context.say(`waiting for process ${error.ownerPid}, which is at work here`)
        await sleep(TURN_MS)
      }
    }
  }
}

/** Parses part names; `postgres` stands for all three servers. @throws UnknownPart */
export function partNames(words: string[]): PartName[] {
  if (words.length === 0) return [...PART_NAMES]
  return words.flatMap((word) => {
    if (word === 'postgres') return ['primary', 'replica-1', 'replica-2'] as PartName[]
    const name = PART_NAMES.find((each) => each === word)
    if (name) return [name]
    throw new UnknownPart(
      `"${word}" is no part of the stack; the parts are ${PART_NAMES.join(', ')}, and postgres for its three`
    )
  })
}

function allOf(errors: unknown[]) {
  if (errors.length === 1) return errors[0]
  const messages = errors.map((error) => (error instanceof Error ? error.message : String(error)))
  return new StackError(messages.join('\n'), { cause: new AggregateError(errors) })
}
