import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DataDirectoryInUse } from '../embedded_postgres/errors.ts'
import { DirectoryLock } from '../embedded_postgres/lock.ts'
import { buildsInUse, noteUse } from './build_users.ts'
import { compile } from './compile.ts'
import { BuildMissing } from './errors.ts'
import { fingerprintOf, readSources } from './sources.ts'

const FINGERPRINT = /^[0-9a-f]{16}$/
const UNWRITABLE = ['EACCES', 'EPERM', 'EROFS']
const LOOK_EVERY = 100

/** The builds of a project: `.build/<fingerprint>`, each complete since it has its name. */
export class Builds {
  readonly #root: string
  readonly #directory: string
  readonly #say: (line: string) => void

  constructor(root: string, say: (line: string) => void) {
    this.#root = root
    this.#directory = join(root, '.build')
    this.#say = say
  }

  /**
   * The folder with the build of the sources that are there; builds them first if they have changed.
   *
   * @param pid the process that is going to run it
   * @throws BuildFailed, BuildMissing
   */
  async fitting(pid?: number) {
    let lock: DirectoryLock
    try {
      lock = await this.#lock()
    } catch (error: any) {
      if (!UNWRITABLE.includes(error.code)) throw error
      return this.#prebuilt(error)
    }
    try {
      const build = await this.#findOrBuild()
      if (pid) noteUse(this.#directory, build, pid)
      return join(this.#directory, build)
    } finally {
      lock.release()
    }
  }

  #prebuilt(whyReadOnly: Error) {
    const build = join(this.#directory, fingerprintOf(readSources(this.#root)))
    if (!existsSync(build)) throw new BuildMissing(this.#directory, whyReadOnly)
    return build
  }

  /** Ends with its process, however that ends. */
  async #lock() {
    mkdirSync(this.#directory, { recursive: true })
    for (let isAnnounced = false; ; isAnnounced = true) {
      try {
        return DirectoryLock.acquire(this.#directory)
      } catch (error) {
        if (!(error instanceof DataDirectoryInUse)) throw error
        if (!isAnnounced) this.#say(`Waiting for process ${error.ownerPid}, which is building`)
        await delay(LOOK_EVERY)
      }
    }
  }

  async #findOrBuild() {
    const sources = readSources(this.#root)
    const build = fingerprintOf(sources)
    if (existsSync(join(this.#directory, build))) return build
    const startedAt = performance.now()
    this.#say('Compiling the application, because its sources have changed')
    this.#removeLeftovers()
    const draft = join(this.#directory, 'draft')
    try {
      await compile(sources, this.#root, draft)
    } catch (error) {
      this.#removeLeftovers()
      throw error
    }
    renameSync(draft, join(this.#directory, build))
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    this.#say(`Compiled ${sources.length} files in ${seconds} s`)
    this.#removeOld(build)
    return build
  }

  /** Keeps the last one, too: to go back to, and for a server that may not write here. */
  #removeOld(current: string) {
    const inUse = buildsInUse(this.#directory).add(current)
    const usedAt = (build: string) => statSync(join(this.#directory, build)).mtimeMs
    const [, ...others] = this.#entries()
      .filter((name) => FINGERPRINT.test(name) && name !== current)
      .sort((one, other) => usedAt(other) - usedAt(one))
    for (const build of others.filter((name) => !inUse.has(name))) {
      renameSync(join(this.#directory, build), join(this.#directory, `discarded-${build}`))
    }
    this.#removeLeftovers()
  }

  #removeLeftovers() {
    for (const name of this.#entries().filter((entry) => /^(draft|discarded-.*)$/.test(entry))) {
      rmSync(join(this.#directory, name), { recursive: true, force: true })
    }
  }

  #entries() {
    return readdirSync(this.#directory)
  }
}
