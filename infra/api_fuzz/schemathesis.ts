import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const VERSION = '4.32.5'

/**
 * The Schemathesis of this version, from PyPI, in a Python environment of its own in the user's cache folder.
 *
 * @returns its program
 * @throws Error without Python 3.10 or newer that can make environments, or without PyPI
 */
export function installSchemathesis(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const environment = join(cache, 'kirana-ghar', `schemathesis-${VERSION}`)
  const program = join(environment, 'bin', 'schemathesis')
  if (existsSync(program)) return program
  try {
    run('python3', ['-m', 'venv', environment])
    run(join(environment, 'bin', 'pip'), ['install', '--quiet', `schemathesis==${VERSION}`])
  } catch (error) {
    rmSync(environment, { recursive: true, force: true })
    throw error
  }
  return program
}

function run(command: string, args: string[]) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`${command} ${args[0]} failed`, { cause: error })
}
