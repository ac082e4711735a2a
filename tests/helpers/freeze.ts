import { join } from 'node:path'
import { markerOf } from '#infra/embedded_postgres/postmaster'
import { listProcesses, signalProcess } from '#infra/embedded_postgres/processes'
import { clusterDirectory } from '#tests/helpers/standby'

/** Stops every process of a test server with SIGSTOP; connections stay open. Returns a function that resumes them. */
export function freeze(server: 'primary' | 'standby') {
  const marker = markerOf(join(clusterDirectory(), server))
  const frozen = new Set<number>()
  // The server may be starting another process.
  for (let before = -1; before < frozen.size;) {
    before = frozen.size
    for (const { pid, command } of listProcesses()) {
      if (!command.includes(marker) || frozen.has(pid)) continue
      signalProcess(pid, 'SIGSTOP')
      frozen.add(pid)
    }
  }
  if (frozen.size === 0) throw new Error(`The ${server} has no processes`)
  return () => {
    for (const pid of frozen) signalProcess(pid, 'SIGCONT')
  }
}
