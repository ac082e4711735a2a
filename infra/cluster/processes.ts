import { availableParallelism } from 'node:os'

/** Each process has its own connections, of which the embedded database has 100. */
const MOST_EMBEDDED = 4

interface Environment {
  get(key: string): any
}

/** How many processes serve requests: `WEB_CONCURRENCY`, by default one for each core. */
export function processesWanted(env: Environment): number {
  if (env.get('NODE_ENV') === 'development') return 1
  const cores = availableParallelism()
  const usual = env.get('DATABASE_URL') ? cores : Math.min(cores, MOST_EMBEDDED)
  return env.get('WEB_CONCURRENCY') ?? usual
}
