import { ending } from '#infra/ending'
import { markerOf } from '#infra/embedded_postgres/postmaster'
import { listProcesses, signalProcess } from '#infra/embedded_postgres/processes'

const frozen = new Set<number>()

/**
 * The processes of an embedded PostgreSQL server.
 *
 * @param directory its data directory
 * @param role in the process title after the server's name, such as `startup`
 */
export function processesOf(directory: string, role = '') {
  const marker = markerOf(directory)
  return listProcesses()
    .filter(({ command }) => command.includes(role ? `${marker}: ${role}` : marker))
    .map(({ pid }) => pid)
}

/**
 * Stops these processes with SIGSTOP; their connections stay open. Returns a function that resumes them, which also
 * happens when this process ends: a stopped one cannot be shut down.
 */
export function freeze(processes: number[]) {
  if (frozen.size === 0) {
    ending.addEventListener('abort', wakeAll)
    process.on('exit', wakeAll)
  }
  for (const pid of processes) {
    frozen.add(pid)
    signalProcess(pid, 'SIGSTOP')
  }
  return () => wake(processes)
}

function wakeAll() {
  wake([...frozen])
}

function wake(processes: number[]) {
  for (const pid of processes) {
    signalProcess(pid, 'SIGCONT')
    frozen.delete(pid)
  }
  if (frozen.size > 0) return
  ending.removeEventListener('abort', wakeAll)
  process.off('exit', wakeAll)
}
