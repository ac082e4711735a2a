import { isIP } from 'node:net'
import { pathToFileURL } from 'node:url'
import { Env, errors } from '@adonisjs/core/env'
import { PROJECT_ROOT } from '#infra/project_root'

const MOST_PROCESSES = 64

/** An optional URL with this protocol. */
function serviceUrl(protocol: RegExp, example: string) {
  return (key: string, value?: string) => {
    if (!value || (URL.canParse(value) && protocol.test(new URL(value).protocol))) {
      return value || undefined
    }
    throw new Error(`${key} must look like ${example}`)
  }
}

/** Optional comma-separated networks such as `10.0.0.0/8`. */
function networks(key: string, value?: string) {
  for (const network of value?.split(',') ?? []) {
    const [address, bits, ...rest] = network.split('/')
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)]!
    if (rest.length > 0 || !/^\d+$/.test(bits) || Number(bits) > longest) {
      throw new Error(`${key} must look like 10.0.0.0/8,fd00::/8`)
    }
  }
  return value || undefined
}

/** Optional comma-separated addresses such as `host:6379`. */
function addresses(key: string, value?: string) {
  if (
    !value ||
    value.split(',').every((address) => /^(\[[\da-f:]+\]|[\w.-]+):\d+$/i.test(address))
  ) {
    return value || undefined
  }
  throw new Error(`${key} must look like host:6379,host:6379`)
}

/** An optional number of processes. */
function processes(key: string, value?: string) {
  if (!value) return
  if (/^[1-9]\d?$/.test(value) && Number(value) <= MOST_PROCESSES) return Number(value)
  throw new Error(`${key} must be a whole number from 1 to ${MOST_PROCESSES}`)
}

/** An optional number of partitions. */
function partitions(key: string, value?: string) {
  if (!value) return
  if (/^[1-9]\d?$/.test(value)) return Number(value)
  throw new Error(`${key} must be a whole number from 1 to 99`)
}

const contact = serviceUrl(/^(mailto|https):$/, 'mailto:help@example.com')
const postgresUrl = serviceUrl(/^postgres(ql)?:$/, 'postgres://user:password@host:5432/database')
const connectUrl = serviceUrl(/^https?:$/, 'http://host:8083')
const otlpUrl = serviceUrl(/^https?:$/, 'http://host:4318')
const redisUrl = serviceUrl(/^rediss?:$/, 'redis://user:password@host:6379/0')

const elasticsearchUrl = serviceUrl(/^https?:$/, 'http://user:password@host:9200')

const env = await Env.create(pathToFileURL(`${PROJECT_ROOT}/`), {
  NODE_ENV: Env.schema.enum(['development', 'production', 'test'] as const),
  APP_KEY: Env.schema.secret(),
  EARLIER_APP_KEYS: Env.schema.string.optional(),
  LOG_LEVEL: Env.schema.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const),

  WEB_CONCURRENCY: processes,
  PORT: Env.schema.number.optional(),
  HOST: Env.schema.string.optional({ format: 'host' }),
  APP_URL: Env.schema.string.optional({ format: 'url', tld: false }),
  HSTS_SUBDOMAINS: Env.schema.boolean.optional(),
  SERVICE_WORKER: Env.schema.boolean.optional(),
  DEMO: Env.schema.boolean.optional(),

  API_REQUESTS_PER_MINUTE: Env.schema.number.optional(),
  API_ORIGINS: Env.schema.string.optional(),

  OPEN_ORDERS_PER_SHOP: Env.schema.number.optional(),
  ORDERS_PER_MINUTE: Env.schema.number.optional(),
  ORDER_PAGES_PER_MINUTE: Env.schema.number.optional(),
  SHOPS_PER_OWNER: Env.schema.number.optional(),
  PRODUCTS_PER_OWNER: Env.schema.number.optional(),

  TRUSTED_PROXIES: networks,
  METRICS_TOKEN: Env.schema.string.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: otlpUrl,
  OTEL_SDK_DISABLED: Env.schema.boolean.optional(),
  SECURITY_LOG: Env.schema.string.optional(),
  PUSH_CONTACT: contact,

  DATA_DIR: Env.schema.string.optional(),
  DATABASE_URL: postgresUrl,
  DATABASE_READ_URL: postgresUrl,
  REDIS_URL: redisUrl,
  REDIS_CLUSTER: addresses,
  SEARCH_SYNONYMS: Env.schema.string.optional(),
  CHANGE_FEED: Env.schema.enum.optional(['pgoutput', 'kafka'] as const),
  KAFKA_BROKERS: Env.schema.string.optional(),
  KAFKA_PARTITIONS: partitions,
  CONNECT_URL: connectUrl,
  REPLICA_MAXIMUM_LAG: Env.schema.number.optional(),
  CHANGE_FEED_MAXIMUM_SILENCE: Env.schema.number.optional(),

  SEARCH_ENGINE: Env.schema.enum.optional(['embedded', 'elasticsearch'] as const),
  SEARCH_INDEXER: Env.schema.enum.optional(['app', 'connect'] as const),
  ELASTICSEARCH_URL: elasticsearchUrl,
  ELASTICSEARCH_PREFIX: Env.schema.string.optional(),
})

/** The framework's default is all interfaces. */
if (!env.get('HOST')) env.set('HOST', '127.0.0.1')

/** Settings that require another setting. */
const NEEDS = [
  ['DATABASE_READ_URL', undefined, 'DATABASE_URL'],
  ['REDIS_CLUSTER', undefined, 'REDIS_URL'],
  ['CHANGE_FEED', 'kafka', 'KAFKA_BROKERS'],
  ['SEARCH_INDEXER', 'connect', 'KAFKA_BROKERS'],
] as const

for (const [name, value, needed] of NEEDS) {
  const given = env.get(name)
  if (given && (!value || given === value) && !env.get(needed)) {
    throw new errors.E_INVALID_ENV_VARIABLES(
      `${value ? `${name}=${value}` : name} needs ${needed}, which is not set`
    )
  }
}

if (env.get('REDIS_CLUSTER') && !/^\/?0?$/.test(new URL(env.get('REDIS_URL')!).pathname)) {
  throw new errors.E_INVALID_ENV_VARIABLES(
    'REDIS_CLUSTER needs database 0 in REDIS_URL: a cluster has no other'
  )
}

if ((env.get('KAFKA_PARTITIONS') ?? 1) > 1 && env.get('SEARCH_INDEXER') === 'connect') {
  throw new errors.E_INVALID_ENV_VARIABLES(
    'SEARCH_INDEXER=connect needs topics with one partition, KAFKA_PARTITIONS is larger'
  )
}

export default env
