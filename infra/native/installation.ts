import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { InstallationFailed } from './errors.ts'
import { makeDirectory } from './stack_settings.ts'

const POLICY_FILE = '/usr/sbin/policy-rc.d'

/** Runs a program to completion. @throws InstallationFailed with its last output */
export async function run(program: string, parameters: string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(program, parameters, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  }).catch((cause) => {
    throw new InstallationFailed(`${program} is missing; install it first`, { cause })
  })
  if (code === 0) return output
  const lines = output.trim().split('\n').slice(-15).join('\n')
  throw new InstallationFailed(`${program} ${parameters.join(' ')} failed:\n${lines}`)
}

/** Whether a program is on the path, or where Debian installs servers. */
export function isInstalled(program: string) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/bin']
  return folders.some((folder) => existsSync(join(folder, program)))
}

/**
 * Installs Debian packages whose program is missing, without starting their services, which would take the stack's
 * ports.
 *
 * @param packages package name to the name of one of its programs
 * @throws InstallationFailed
 */
export async function installPackages(
  packages: Record<string, string>,
  say: (message: string) => void
) {
  const missing = Object.keys(packages).filter((name) => !isInstalled(packages[name]))
  if (missing.length === 0) return
  const byHand = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  if (process.getuid!() !== 0 || !isInstalled('apt-get')) {
    throw new InstallationFailed(`Missing programs; install them first: sudo ${byHand}`)
  }
  say(`installing ${missing.join(', ')}`)
  await withoutServices(async () => {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], env)
    const parameters = ['install', '-y', '-qq', '--no-install-recommends', ...missing]
    await run('apt-get', parameters, env)
  })
}

/**
 * Creates a cache directory atomically, unless it exists: `build` fills a temporary directory, which is renamed
 * when complete.
 */
export async function cached(
  cacheDirectory: string,
  name: string,
  build: (draft: string) => Promise<void>
) {
  const directory = join(cacheDirectory, name)
  if (existsSync(directory)) return directory
  makeDirectory(cacheDirectory)
  const draft = `${directory}.new-${process.pid}`
  try {
    mkdirSync(draft, { mode: 0o755 })
    await build(draft)
    await run('chmod', ['-R', 'a+rX', draft])
    if (!existsSync(directory)) renameSync(draft, directory)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
  return directory
}

/** Debian's policy-rc.d decides whether services start; an existing one is kept. */
async function withoutServices(task: () => Promise<void>) {
  const isOurs = !existsSync(POLICY_FILE)
  if (isOurs) writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await task()
  } finally {
    if (isOurs) rmSync(POLICY_FILE, { force: true })
  }
}
