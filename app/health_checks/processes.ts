import { primary } from '#infra/cluster/primary'
import { role } from '#infra/cluster/role'

export const PROCESSES = 'processes'

const PATIENCE = 1_000

interface Processes {
  /** Null when the primary process does not answer. */
  wanted: number | null
  serving: number | null
}

/** How many processes of this server answer requests. */
export async function processesOfServer(): Promise<Processes> {
  if (role() === 'alone') return { wanted: 1, serving: 1 }
  const answer = primary().ask<Processes>(PROCESSES, null, PATIENCE)
  return answer.catch(() => ({ wanted: null, serving: null }))
}
