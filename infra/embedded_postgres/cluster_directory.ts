import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { stateFile } from './cluster_state.ts'
import { DataDirectoryInvalid, DataDirectoryUnwritable } from './errors.ts'
import { DirectoryLock } from './lock.ts'

/** Paths in a cluster's data directory. */
export class ClusterDirectory {
  /** Absolute, with symbolic links resolved. */
  readonly path: string
  readonly primary: string
  readonly standby: string
  readonly links: string

  private constructor(path: string) {
    this.path = path
    this.primary = join(path, 'primary')
    this.standby = join(path, 'standby')
    this.links = join(path, 'lib')
  }

  /**
   * Creates the directory if necessary and checks that it is usable.
   *
   * @throws DataDirectoryUnwritable, DataDirectoryInvalid
   */
  static open(path: string): ClusterDirectory {
    return withClearErrors(path, () => {
      makeDirectory(resolve(path), 0o700)
      accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK)
      const directory = new ClusterDirectory(realpathSync(path))
      directory.#refuseForeignContent()
      directory.#refuseForeignOwner()
      return directory
    })
  }

  /** Log file of a server. */
  logOf(server: 'primary' | 'standby') {
    return join(this.path, `${server}.log`)
  }

  /** Removes unfinished files of an interrupted start. */
  removeDrafts() {
    for (const name of readdirSync(this.path)) {
      if (!/^(primary|standby)\.(new|old)/.test(name)) continue
      try {
        rmSync(join(this.path, name), { recursive: true, force: true, maxRetries: 5 })
      } catch {
        // A program whose owner was killed may still be writing there; the next start removes it.
      }
    }
  }

  #refuseForeignContent() {
    const names = readdirSync(this.path).filter((name) => !name.startsWith('.'))
    const isOurs =
      DirectoryLock.isKnown(this.path) || names.includes(basename(stateFile(this.path)))
    if (names.length === 0 || isOurs) return
    throw new DataDirectoryInvalid(
      `The data directory ${this.path} holds other files (${names[0]}); choose an empty or a new directory`
    )
  }

  #refuseForeignOwner() {
    const uid = process.getuid!()
    const owner = statSync(this.primary, { throwIfNoEntry: false })?.uid
    if (uid === 0 || owner === undefined || owner === uid) return
    throw Object.assign(new Error('the data has another owner'), {
      code: 'EPERM',
      path: this.primary,
    })
  }
}

// `recursive: true` hangs when a file system such as /proc refuses.
function makeDirectory(path: string, mode?: number) {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return
  if (!existsSync(dirname(path))) makeDirectory(dirname(path))
  try {
    mkdirSync(path, { mode })
  } catch (error) {
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error
  }
}

const OBJECTIONS = [
  ...['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT'],
  ...['ENOENT', 'ENOTDIR', 'EEXIST', 'ENAMETOOLONG'],
]

/**
 * Runs `task` and converts file system errors into a clear error.
 *
 * @throws DataDirectoryUnwritable
 */
export function withClearErrors<Result>(path: string, task: () => Result): Result {
  try {
    return task()
  } catch (error) {
    throw clearError(path, error)
  }
}

/** The clear error for a file system error; other errors unchanged. */
export function clearError(path: string, cause: unknown) {
  const { code = '', path: place = path } = cause as NodeJS.ErrnoException
  if (!OBJECTIONS.includes(code)) return cause
  const user = nameOf(process.getuid!())
  return new DataDirectoryUnwritable(
    `The data directory ${path} cannot be written by user ${user} (${code}${belongsTo(place)}); make it writable, run as its owner, or choose another directory`,
    { cause }
  )
}

function belongsTo(path: string): string {
  try {
    const { uid } = statSync(path)
    return uid === process.getuid!() ? '' : `: ${path} belongs to user ${nameOf(uid)}`
  } catch {
    return dirname(path) === path ? '' : belongsTo(dirname(path))
  }
}

function nameOf(uid: number) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.split(':')[2] === String(uid))
  return line ? line.split(':')[0] : String(uid)
}
