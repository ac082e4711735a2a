import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import {
  lchownSync,
  lstatSync,
  readFileSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import type { Binaries } from './binaries.ts'
import { BinariesUnusable, NoUserToRunAs } from './errors.ts'

/** An operating system user. */
export interface Identity {
  uid: number
  gid: number
}

/**
 * How PostgreSQL programs, which refuse root, get another user:
 * - `self`: the current user;
 * - `setuid`: root switches to another user;
 * - `namespace`: a user namespace in which root appears as another user;
 * - `capability`: root switches to another user with access to every directory.
 */
export type RunnerMode = 'self' | 'setuid' | 'namespace' | 'capability'

interface RunnerOptions {
  mode: RunnerMode
  binaries: Binaries
  /** Required owner of the cluster's files; null when they have it anyway. */
  owner: Identity | null
  /** Command put before the program's command line. */
  prefix?: string[]
  /** User of the child process. */
  identity?: Identity
}

/** Runs PostgreSQL programs, and others that refuse root, as a suitable user. */
export class Runner {
  readonly mode: RunnerMode
  readonly owner: Identity | null
  readonly #binaries: Binaries
  readonly #prefix: string[]
  readonly #identity: Partial<Identity>

  constructor(options: RunnerOptions) {
    this.mode = options.mode
    this.owner = options.owner
    this.#binaries = options.binaries
    this.#prefix = options.prefix ?? []
    this.#identity = options.identity ?? {}
  }

  /**
   * Starts a program and returns immediately.
   *
   * @param program name of a PostgreSQL program, or an absolute path
   * @param options `env` is added to a minimal environment
   */
  spawn(program: string, parameters: string[], options: SpawnOptions): ChildProcess {
    const [command, ...rest] = this.#commandLine(program, parameters)
    const { env, ...own } = this.#childOptions()
    return spawn(command, rest, { ...options, ...own, env: { ...env, ...options.env } })
  }

  /**
   * Runs a program to completion with `input` on stdin. When cancelled, terminates it, waits for it, and throws
   * the signal's reason.
   */
  async run(program: string, parameters: string[], input = '', signal?: AbortSignal) {
    const child = this.spawn(program, parameters, { stdio: 'pipe' })
    const interrupt = () => child.kill('SIGINT')
    signal?.addEventListener('abort', interrupt)
    let output = ''
    child.stdout!.setEncoding('utf8').on('data', (text) => (output += text))
    child.stderr!.setEncoding('utf8').on('data', (text) => (output += text))
    child.stdin!.on('error', () => {}).end(input)
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve)
    })
    signal?.removeEventListener('abort', interrupt)
    signal?.throwIfAborted()
    return { exitCode, output }
  }

  /** Version of the programs, such as `18.4`; empty until `probe` has succeeded. */
  version = ''

  /** Runs `postgres --version`. Returns the reason if that fails. */
  probe(): string | null {
    const [command, ...rest] = this.#commandLine('postgres', ['--version'])
    const result = spawnSync(command, rest, { encoding: 'utf8', ...this.#childOptions() })
    this.version = (result.status === 0 && /\d+\.\d+/.exec(result.stdout)?.[0]) || ''
    if (this.version) return null
    return result.error?.message ?? `${result.stderr}`.trim().split('\n')[0]
  }

  /** Gives a file or directory tree to the cluster's user, the root of the tree last. */
  claim(path: string) {
    if (!this.owner) return
    const stat = lstatSync(path)
    if (stat.uid === this.owner.uid && stat.gid === this.owner.gid) return
    if (stat.isDirectory()) for (const name of readdirSync(path)) this.#claimTree(join(path, name))
    lchownSync(path, this.owner.uid, this.owner.gid)
  }

  /** Atomically replaces a file, readable only by the cluster's user. */
  write(path: string, content: string) {
    const draft = `${path}.draft`
    writeFileSync(draft, content, { mode: 0o600, flush: true })
    this.claim(draft)
    renameSync(draft, path)
  }

  #claimTree(path: string) {
    if (lstatSync(path).isDirectory()) {
      for (const name of readdirSync(path)) this.#claimTree(join(path, name))
    }
    lchownSync(path, this.owner!.uid, this.owner!.gid)
  }

  #commandLine(program: string, parameters: string[]) {
    const path = isAbsolute(program)
      ? program
      : join(this.#binaries.nativeDirectory, 'bin', program)
    return [...this.#prefix, path, ...parameters]
  }

  #childOptions() {
    const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
    const { libraryPath } = this.#binaries
    if (libraryPath) {
      env[process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH'] = libraryPath
    }
    // The other user may have no access to the current directory.
    return { ...this.#identity, env, cwd: '/' }
  }
}

const NOBODY = 65534
const NAMESPACE = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--']

/**
 * Chooses the user for PostgreSQL, which refuses root. Root switches to the owner of the data, `postgres` or
 * `nobody`, if that user can access programs and data (not below `/root`); otherwise stays root in a user
 * namespace; otherwise switches to that user with the capability to access every directory.
 *
 * @param directory the existing data directory
 * @param modes to try, for tests
 * @throws BinariesUnusable, NoUserToRunAs
 */
export function chooseRunner(binaries: Binaries, directory: string, modes?: RunnerMode[]): Runner {
  const candidates = process.getuid!() === 0 ? asRoot(binaries, directory) : asUser(binaries)
  const reasons: string[] = []
  for (const candidate of candidates) {
    if (modes && !modes.includes(candidate.mode)) continue
    const reason = candidate.probe()
    if (reason === null) return candidate
    reasons.push(`${candidate.mode}: ${reason}`)
  }

  const detail = [...new Set(reasons)].join('; ')
  if (reasons.some((reason) => reason.startsWith('self'))) {
    throw new BinariesUnusable(
      `The packaged PostgreSQL does not run on this system (it needs glibc, on Linux): ${detail}`
    )
  }
  throw new NoUserToRunAs(
    `PostgreSQL cannot run as this user, and no other user is available (${detail}); start it as a normal user with a name`
  )
}

function* asUser(binaries: Binaries) {
  if (hasName()) yield new Runner({ mode: 'self', binaries, owner: null })
  else yield new Runner({ mode: 'namespace', binaries, owner: null, prefix: NAMESPACE })
}

function* asRoot(binaries: Binaries, directory: string) {
  const identities = [dataOwner(directory), ...['postgres', '_postgres', 'nobody'].map(byName)]
  const known = identities.filter((identity) => identity !== null)
  for (const identity of known) {
    if (!canEnter(identity, dirname(directory))) continue
    yield new Runner({ mode: 'setuid', binaries, owner: identity, identity })
  }

  const root = { uid: 0, gid: 0 }
  yield new Runner({ mode: 'namespace', binaries, owner: root, prefix: NAMESPACE })

  for (const owner of known) {
    yield new Runner({ mode: 'capability', binaries, owner, prefix: withCapability(owner) })
  }
}

function withCapability({ uid, gid }: Identity) {
  const user = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  const capability = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  // Without this bit, access(2) ignores the capability and PostgreSQL cannot find itself.
  return ['setpriv', ...user, ...capability, '--securebits=+no_setuid_fixup']
}

function canEnter(identity: Identity, directory: string) {
  const options = { ...identity, cwd: '/', stdio: 'ignore' as const }
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', directory], options).status === 0
}

function dataOwner(directory: string): Identity | null {
  try {
    const { uid } = lstatSync(join(directory, 'primary'))
    return findUser((user) => user.uid === uid)
  } catch {
    return null
  }
}

function byName(name: string) {
  return findUser((user) => user.name === name)
}

function findUser(matches: (user: Identity & { name: string }) => boolean): Identity | null {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [name, , uid, gid] = line.split(':')
    const user = { name, uid: Number(uid), gid: Number(gid) }
    if (user.uid > 0 && user.gid >= 0 && matches(user)) return { uid: user.uid, gid: user.gid }
  }
  return null
}

function hasName() {
  try {
    return userInfo().username !== ''
  } catch {
    return false
  }
}
