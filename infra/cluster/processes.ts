import { availableParallelism } from 'node:os'
import { TooManyProcesses } from '#infra/cluster/errors'

const USUAL_EMBEDDED = 4

/** Each process has up to ten connections of its own then, and the embedded database 100. */
export const MOST_EMBEDDED = 8

interface Environment {
  get(key: string): any
}

/**
 * How many processes serve requests: `WEB_CONCURRENCY`, by default one for each core.
 *
 * @throws TooManyProcesses
 */
export function processesWanted(env: Environment): number {
  if (env.get('NODE_ENV') === 'development') return 1
  const cores = availableParallelism()
  const wanted: number | undefined = env.get('WEB_CONCURRENCY')
  if (env.get('DATABASE_URL')) return wanted ?? cores
  if (wanted && wanted > MOST_EMBEDDED) throw new TooManyProcesses(wanted, MOST_EMBEDDED)
  return wanted ?? Math.min(cores, USUAL_EMBEDDED)
}
