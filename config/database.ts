import env from '#start/env'
import { defineConfig } from '@adonisjs/lucid'
import { acquireTimeout, connectTimeout, longDeadline, statementDeadline } from '#config/deadlines'
import { processes } from '#config/processes'
import { connectsWithin, keepDeadlines } from '#infra/database_deadlines'

const primary = env.get('DATABASE_URL')
const replica = env.get('DATABASE_READ_URL') ?? primary

function connectionTo(
  connectionString: string | undefined,
  { deadline = statementDeadline, name = 'kirana' } = {}
) {
  return Object.assign(connectsWithin(connectTimeout), {
    connectionString,
    application_name: name,
    statement_timeout: deadline,
    /** Cancels statements of disconnected clients. */
    options: '-c client_connection_check_interval=1s',
  })
}

/** The embedded servers take 100 connections. */
const most = processes === 1 ? 20 : Math.max(2, Math.floor(40 / processes))

function poolOf(max: number, deadline = statementDeadline) {
  return {
    ...{ min: 0, max },
    acquireTimeoutMillis: acquireTimeout,
    afterCreate: keepDeadlines(deadline + 2_000),
  }
}

/** Accessed by SQL only, without models. */
const NOT_MODELS = [
  'access_tokens',
  'adonis_schema',
  'adonis_schema_versions',
  'bill_numbers',
  'cart_lines',
  'cart_tokens',
  'carts',
  'change_feed_gaps',
  'change_traces',
  'city_names',
  'demo_removals',
  'form_submissions',
  'kept_forms',
  'khata_entries',
  'left_sessions',
  'listeners',
  'locks',
  'price_changes',
  'push_messages',
  'push_subscriptions',
  'renamed',
  'search_misses',
  'search_names',
  'server_uptimes',
  'sessions',
  'shop_holidays',
  'shop_hours',
  'shop_order_numbers',
  'shop_slots',
]

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/**
 * `primary` is the default, so that a read after a write finds it. `app/replication` uses `replica` where it has
 * verified the connection's progress.
 */
export default defineConfig({
  connection: 'primary',
  connections: {
    primary: {
      client: 'pg',
      /** Emits `db:query`, see `start/events.ts`. */
      debug: true,
      connection: connectionTo(primary),
      pool: poolOf(most),
      migrations,
      schemaGeneration: {
        /** Sources are read-only in a container image. */
        enabled: env.get('NODE_ENV') === 'development',
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
        excludeTables: NOT_MODELS,
      },
    },
    /** Work that no request waits for, such as jobs and heartbeats. */
    background: {
      client: 'pg',
      connection: connectionTo(primary, { name: 'kirana-background' }),
      pool: poolOf(4),
      schemaGeneration: { enabled: false },
    },
    /** A single connection: the advisory lock that serialises migrations belongs to its session. */
    migrations: {
      client: 'pg',
      connection: connectionTo(primary, { deadline: longDeadline, name: 'kirana-migrations' }),
      pool: poolOf(1, longDeadline),
      migrations,
      schemaGeneration: { enabled: false },
    },
    replica: {
      client: 'pg',
      debug: true,
      connection: {},
      replicas: {
        write: { connection: connectionTo(primary) },
        read: { connection: [connectionTo(replica)] },
      },
      pool: poolOf(most),
      schemaGeneration: { enabled: false },
    },
  },
})
