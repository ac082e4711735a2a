import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import versions from '../versions.json' with { type: 'json' }

export const PROJECT_ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** The ports of `docker-compose.yml`, shifted by `STACK_PORT_OFFSET`. */
const PORTS = {
  'primary': 5432,
  'replica-1': 5441,
  'replica-2': 5442,
  'haproxy': 5439,
  'haproxyStatistics': 8404,
  'redis': 6379,
  'kafka': 9092,
  'kafkaController': 9093,
  'connect': 8083,
  'elasticsearch': 9200,
  'elasticsearchTransport': 9300,
}
const HIGHEST_PORT = 65_535

/** Location, ports and secrets of a stack. */
export interface StackSettings {
  /** Data, configuration, logs and process ids; created if missing. */
  directory: string
  /** Downloaded programs; shared by all clones of the project. */
  cacheDirectory: string
  ports: typeof PORTS
  passwords: { admin: string; application: string; replication: string; debezium: string }
  /** JVM options; they override the stack's own. */
  elasticsearchOptions: string[]
  /** A directory with more plugins of Kafka Connect. */
  connectPlugins: string | null
  versions: typeof versions
}

/** An invalid setting in the environment. */
export class InvalidStackSetting extends Error {
  static readonly code = 'E_INVALID_STACK_SETTING'
  readonly code = InvalidStackSetting.code
}

/**
 * Reads `STACK_DIR`, `STACK_CACHE_DIR`, `STACK_PORT_OFFSET`, `STACK_CONNECT_PLUGINS`, `STACK_ELASTICSEARCH_OPTIONS`
 * and the passwords.
 *
 * @throws InvalidStackSetting
 */
export function readStackSettings(env: NodeJS.ProcessEnv = process.env): StackSettings {
  const offset = readOffset(env.STACK_PORT_OFFSET)
  const own = offset === 0 ? 'stack' : `stack-${offset}`
  return {
    directory: resolve(PROJECT_ROOT, env.STACK_DIR || join('.data', own)),
    cacheDirectory: resolve(env.STACK_CACHE_DIR || defaultCache(env)),
    ports: shift(offset),
    passwords: {
      admin: readPassword(env, 'POSTGRES_PASSWORD'),
      application: readPassword(env, 'DATABASE_PASSWORD'),
      replication: readPassword(env, 'REPLICATION_PASSWORD'),
      debezium: readPassword(env, 'DEBEZIUM_PASSWORD'),
    },
    connectPlugins: env.STACK_CONNECT_PLUGINS ? resolve(env.STACK_CONNECT_PLUGINS) : null,
    elasticsearchOptions: (env.STACK_ELASTICSEARCH_OPTIONS ?? '').split(/\s+/).filter(Boolean),
    versions,
  }
}

/** Creates a directory accessible to the unprivileged user of the stack, unless it exists. */
export function makeDirectory(...parts: string[]) {
  const directory = join(...parts)
  mkdirSync(directory, { recursive: true, mode: 0o755 })
  return directory
}

function readOffset(text = '0') {
  const offset = Number(text)
  if (
    Number.isInteger(offset) &&
    offset >= 0 &&
    PORTS.elasticsearchTransport + offset < HIGHEST_PORT
  ) {
    return offset
  }
  throw new InvalidStackSetting(
    `STACK_PORT_OFFSET must be a whole number from 0 to ${HIGHEST_PORT - PORTS.elasticsearchTransport - 1}, not "${text}"`
  )
}

function readPassword(env: NodeJS.ProcessEnv, name: string) {
  const password = env[name] || 'kirana'
  if (/^[\w.~-]+$/.test(password)) return password
  throw new InvalidStackSetting(
    `${name} may hold letters, digits and . _ ~ - alone, for it becomes a part of addresses`
  )
}

function shift(offset: number) {
  const shifted = Object.entries(PORTS).map(([name, port]) => [name, port + offset])
  return Object.fromEntries(shifted) as typeof PORTS
}

/** Root's home is inaccessible to the users that run the servers, so root's cache is elsewhere. */
function defaultCache(env: NodeJS.ProcessEnv) {
  if (process.getuid!() === 0) return '/var/cache/kirana-ghar'
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kirana-ghar')
}
