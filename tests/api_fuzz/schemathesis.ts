import { spawnSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const REQUIREMENTS = fileURLToPath(new URL('requirements.txt', import.meta.url))

/**
 * Schemathesis and what it needs, in the versions of `requirements.txt`, from PyPI, in a Python environment of
 * its own in the user's cache folder.
 *
 * @returns its program
 * @throws Error without Python 3.10 or newer that can make environments, or without PyPI
 */
export function installSchemathesis(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const version = hash('sha256', readFileSync(REQUIREMENTS)).slice(0, 12)
  const environment = join(cache, 'kirana-ghar', `schemathesis-${version}`)
  const program = join(environment, 'bin', 'schemathesis')
  if (existsSync(program)) return program
  try {
    run('python3', ['-m', 'venv', environment])
    run(join(environment, 'bin', 'pip'), ['install', '--quiet', '--requirement', REQUIREMENTS])
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
