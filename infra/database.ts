import { join, resolve } from 'node:path'
import type { EmbeddedCluster } from '#infra/embedded_postgres/cluster'
import { PROJECT_ROOT } from '#infra/project_root'

/** The part of AdonisJS's Env used here. */
interface Environment {
  get(key: string): any
  set(key: any, value: any): void
}

let owned: EmbeddedCluster | null = null
let starting: Promise<EmbeddedCluster> | null = null
const wanted = new AbortController()

/** The cluster run by this process, or null when another process or a configured URL provides the database. */
export const embeddedCluster = () => owned

/** Directory of embedded data: `DATA_DIR`, by default `.data` in the project. */
export function dataDirectory(env: Environment) {
  return resolve(PROJECT_ROOT, env.get('DATA_DIR') ?? '.data')
}

/**
 * Ensures that `DATABASE_URL` and `DATABASE_READ_URL` point to a running database.
 *
 * Configured URLs are used as they are. Otherwise uses the embedded cluster in the data directory: that of a
 * running server if `shared`, or one started here and stopped by `releaseDatabase`.
 *
 * @throws errors of `EmbeddedCluster.start`
 */
export async function ensureDatabase(env: Environment, { shared }: { shared: boolean }) {
  if (env.get('DATABASE_URL')) return
  const testing = env.get('NODE_ENV') === 'test'
  const directory = join(dataDirectory(env), testing ? 'postgres-test' : 'postgres')
  const { EmbeddedCluster } = await import('#infra/embedded_postgres/cluster')
  const running = shared ? await EmbeddedCluster.find(directory) : null
  const { signal } = wanted
  const cluster =
    running ?? (await (starting = EmbeddedCluster.start({ directory, onProgress, signal })))
  if (cluster instanceof EmbeddedCluster) owned = cluster
  env.set('DATABASE_URL', cluster.primaryUrl)
  env.set('DATABASE_READ_URL', cluster.standbyUrl)
}

/** Stops the cluster if this process started it, or is starting it. It cannot be started again afterwards. */
export async function releaseDatabase() {
  wanted.abort()
  const cluster = await starting?.catch(() => null)
  owned = null
  await cluster?.stop()
}

function onProgress(message: string) {
  if (process.env.NODE_ENV !== 'test') console.error(`› ${message}`)
}
