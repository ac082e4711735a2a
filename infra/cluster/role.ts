import cluster from 'node:cluster'
import type { Hub } from '#infra/cluster/hub'

/**
 * What this process does for its server: everything (`alone`), the database and what has to run once (`primary`), or
 * requests (`worker`).
 */
export type Role = 'alone' | 'primary' | 'worker'

let hub: Hub | null = null

export function role(): Role {
  if (cluster.isWorker) return 'worker'
  return hub ? 'primary' : 'alone'
}

/** Before the application is created. */
export function becomePrimary(crew: Hub) {
  hub = crew
}

/** In the primary process, the way to its workers. */
export function workers(): Hub {
  if (!hub) throw new Error('Only a primary process has workers')
  return hub
}

interface Application {
  getEnvironment(): string
}

/** Whether this process answers requests, and so needs caches and announcements. */
export function servesRequests(app: Application) {
  return app.getEnvironment() === 'web' && role() !== 'primary'
}

/** Whether this process runs what has to run once for the server: jobs and feeds. */
export function runsJobs(app: Application) {
  return app.getEnvironment() === 'web' && role() !== 'worker'
}
