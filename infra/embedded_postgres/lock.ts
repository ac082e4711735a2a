import {
  linkSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DataDirectoryInUse } from './errors.ts'
import { HIDDEN, processIdentity } from './processes.ts'

/** The owner of a data directory, and its state. */
export interface Owner {
  pid: number
  /** From `processIdentity`: distinguishes the owner from a later process with the same id. */
  identity: string
  state: 'starting' | 'running' | 'released'
}

/**
 * Gives a data directory a single owner process.
 *
 * Owner files are numbered: `owner-1.json`, `owner-2.json`, … and the highest number counts. A file is written
 * under a temporary name and then hard-linked, which fails if the number exists: of two processes that see the
 * same dead owner only one gets the next number. The highest file is never removed, so numbers are never reused,
 * however slow a competitor is.
 */
export class DirectoryLock {
  readonly #directory: string
  readonly #number: number
  #claim: (path: string) => void = () => {}

  private constructor(directory: string, number: number) {
    this.#directory = directory
    this.#number = number
  }

  /**
   * Makes this process the owner. Not reentrant.
   *
   * @throws DataDirectoryInUse when a live process is the owner
   */
  static acquire(directory: string): DirectoryLock {
    for (;;) {
      const { number, owner } = latest(directory)
      if (owner && isLive(owner)) throw new DataDirectoryInUse(directory, owner.pid)

      const lock = new DirectoryLock(directory, number + 1)
      if (lock.#take()) return lock
    }
  }

  /** The live owner of a directory, or null. */
  static owner(directory: string): Owner | null {
    const { owner } = latest(directory)
    return owner && isLive(owner) ? owner : null
  }

  /** Whether the directory ever had an owner. */
  static isKnown(directory: string) {
    return numbers(directory).length > 0
  }

  /** Gives existing and future lock files to another user; `claim` does so for one file. */
  giveTo(claim: (path: string) => void) {
    this.#claim = claim
    claim(this.#file)
  }

  /** Announces that the cluster accepts connections. */
  markRunning() {
    this.#replace('running')
  }

  /** Releases the directory. Idempotent. */
  release() {
    this.#replace('released')
  }

  get #file() {
    return fileOf(this.#directory, this.#number)
  }

  #take() {
    const draft = this.#draft('starting')
    try {
      linkSync(draft, this.#file)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    } finally {
      unlinkSync(draft)
    }

    const known = numbers(this.#directory)
    const won = Math.max(...known) === this.#number
    const losers = won ? known.filter((number) => number < this.#number) : [this.#number]
    for (const number of losers) rmSync(fileOf(this.#directory, number), { force: true })
    return won
  }

  #replace(state: Owner['state']) {
    renameSync(this.#draft(state), this.#file)
  }

  #draft(state: Owner['state']) {
    const draft = join(this.#directory, `.owner-${process.pid}-${performance.now()}`)
    const owner: Owner = { pid: process.pid, identity: ownIdentity(), state }
    writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 })
    this.#claim(draft)
    return draft
  }
}

function ownIdentity() {
  return processIdentity(process.pid) ?? 'unknown'
}

function isLive(owner: Owner) {
  return (
    owner.state !== 'released' && [owner.identity, HIDDEN].includes(processIdentity(owner.pid)!)
  )
}

function fileOf(directory: string, number: number) {
  return join(directory, `owner-${number}.json`)
}

function numbers(directory: string) {
  try {
    return readdirSync(directory)
      .map((name) => Number(/^owner-(\d+)\.json$/.exec(name)?.[1]))
      .filter((number) => number > 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function latest(directory: string): { number: number; owner: Owner | null } {
  for (;;) {
    const number = Math.max(0, ...numbers(directory))
    if (number === 0) return { number, owner: null }
    try {
      return { number, owner: JSON.parse(readFileSync(fileOf(directory, number), 'utf8')) as Owner }
    } catch (error) {
      // A power failure can leave an empty file: its writer is not alive.
      if (error instanceof SyntaxError) return { number, owner: null }
      // A newer owner has just cleaned up: read again.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}
