import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EmbeddedCluster } from '#infra/embedded_postgres/cluster'

const PROJECT_ROOT = fileURLToPath(new URL('../', import.meta.url))

/** The part of AdonisJS's Env that is needed here. */
interface Environment {
  get(key: string): any
  set(key: any, value: any): void
}

let owned: EmbeddedCluster | null = null
let starting: Promise<EmbeddedCluster> | null = null
const wanted = new AbortController()

/** The cluster that this process runs, or null when another process or a configured URL provides the database. */
export const embeddedCluster = () => owned

/** Where embedded data lies: `DATA_DIR`, by default `.data` inside the project. */
export function dataDirectory(env: Environment) {
  return resolve(PROJECT_ROOT, env.get('DATA_DIR') ?? '.data')
}

/**
 * Makes sure that `DATABASE_URL` and `DATABASE_READ_URL` name a running database.
 *
 * Configured URLs are taken as they are. Otherwise the embedded cluster in the data directory is used: the
 * one a running server has, if `shared`, or one that is started here and stopped by `releaseDatabase`.
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

/** Stops the cluster if this process started it, or is starting it: there is no other after that. */
export async function releaseDatabase() {
  wanted.abort()
  const cluster = await starting?.catch(() => null)
  owned = null
  await cluster?.stop()
}

function onProgress(message: string) {
  if (process.env.NODE_ENV !== 'test') console.error(`› ${message}`)
}
