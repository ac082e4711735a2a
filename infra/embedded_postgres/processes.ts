import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A running process with its command line or title. */
export interface ProcessEntry {
  pid: number
  command: string
}

/** `processIdentity` of a process that exists but cannot be inspected. */
export const HIDDEN = 'hidden'

/**
 * An identity that is constant for the lifetime of a process and different for later processes with the same id,
 * also after a reboot. Null when the process does not exist or is a zombie.
 */
export function processIdentity(pid: number): string | null {
  return process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid)
}

function identityFromProc(pid: number): string | null {
  let stat: string
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return isAlive(pid) ? HIDDEN : null
  }
  // The second field is the program's name in parentheses, which may contain spaces and parentheses.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, startedAt] = [fields[0], fields[19]]
  return state === 'Z' || state === 'X' ? null : `${bootId()} ${startedAt}`
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return 'boot'
  }
}

function identityFromPs(pid: number): string | null {
  try {
    const line = ps('-o', 'state=', '-o', 'lstart=', '-p', String(pid))
    const [state, ...startedAt] = line.trim().split(/\s+/)
    return state.startsWith('Z') ? null : startedAt.join(' ')
  } catch {
    return null
  }
}

/** All processes visible to this user. */
export function listProcesses(): ProcessEntry[] {
  return process.platform === 'linux' ? listFromProc() : listFromPs()
}

function listFromProc(): ProcessEntry[] {
  const entries: ProcessEntry[] = []
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
      if (command) entries.push({ pid: Number(name), command })
    } catch {
      // Exited meanwhile, or hidden.
    }
  }
  return entries
}

function listFromPs(): ProcessEntry[] {
  return ps('-A', '-ww', '-o', 'pid=', '-o', 'command=')
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, command]) => ({ pid: Number(pid), command: command.trim() }))
}

function ps(...parameters: string[]) {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' }
  return execFileSync('ps', parameters, {
    env,
    encoding: 'utf8',
    maxBuffer: 32 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Sends a signal; ignores processes that are already gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Resolves to true once `condition` holds, to false after `milliseconds`. */
export async function waitUntil(condition: () => boolean, milliseconds: number) {
  const end = performance.now() + milliseconds
  while (!condition()) {
    if (performance.now() >= end) return false
    await sleep(10)
  }
  return true
}
