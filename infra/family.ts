import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { processIdentity, signalProcess, waitUntil } from '#infra/embedded_postgres/processes'

/** Slightly longer than a server's own shutdown. */
const PATIENCE = 3_300

/**
 * Terminates a process with its descendants: by `signal`, then SIGKILL. Each is signalled individually, because
 * shells do not forward signals.
 */
export async function endFamily(ancestor: number, signal: NodeJS.Signals) {
  const members = new Map<number, string | null>()
  const gather = () => {
    for (const pid of familyOf([ancestor, ...members.keys()])) {
      if (!members.has(pid)) members.set(pid, processIdentity(pid))
    }
    return [...members.keys()].filter((pid) => {
      const identity = processIdentity(pid)
      return identity !== null && identity === members.get(pid)
    })
  }
  for (const pid of gather()) signalProcess(pid, signal)
  if (await waitUntil(() => gather().length === 0, PATIENCE)) return
  for (const pid of gather()) signalProcess(pid, 'SIGKILL')
}

/** The processes and all their descendants. */
export function familyOf(pids: number[]) {
  const family = new Set(pids)
  const parents = parentsOfAll()
  for (let before = 0; before < family.size;) {
    before = family.size
    for (const [pid, parent] of parents) if (family.has(parent)) family.add(pid)
  }
  return family
}

/** Parents of all processes visible to this user. */
function parentsOfAll(): [pid: number, parent: number][] {
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => [Number(name), parentOf(name)])
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number])
}

/** 0 for a process that has exited meanwhile. */
function parentOf(pid: string) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The program's name is in parentheses and may contain anything.
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
