import env from '#start/env'
import { defineConfig } from '@adonisjs/lucid'
import { acquireTimeout, connectTimeout, longDeadline, statementDeadline } from '#config/deadlines'
import { connectsWithin, keepDeadlines } from '#infra/database_deadlines'

const primary = env.get('DATABASE_URL')
const replica = env.get('DATABASE_READ_URL') ?? primary

function connectionTo(connectionString: string | undefined, deadline = statementDeadline) {
  return Object.assign(connectsWithin(connectTimeout), {
    connectionString,
    statement_timeout: deadline,
    /** A statement whose client has given up ends. */
    options: '-c client_connection_check_interval=1s',
  })
}

function poolOf(max: number, deadline = statementDeadline) {
  return {
    ...{ min: 0, max },
    acquireTimeoutMillis: acquireTimeout,
    afterCreate: keepDeadlines(deadline + 2_000),
  }
}

/** Read and written by statements alone. */
const NOT_MODELS = [
  'access_tokens',
  'adonis_schema',
  'adonis_schema_versions',
  'change_feed_gaps',
  'demo_removals',
  'form_submissions',
  'khata_entries',
  'left_sessions',
  'locks',
  'search_misses',
  'search_names',
  'server_uptimes',
  'sessions',
  'shop_order_numbers',
]

const migrations = { naturalSort: true, paths: ['database/migrations'] }

/**
 * `primary` is the default: a read that follows a write must find it. `replica` is for the reads that
 * `app/replication` sends there once it knows how far the connection it got has come.
 */
export default defineConfig({
  connection: 'primary',
  connections: {
    primary: {
      client: 'pg',
      connection: connectionTo(primary),
      pool: poolOf(20),
      migrations,
      schemaGeneration: {
        /** Where the sources are; an image cannot be written to. */
        enabled: env.get('NODE_ENV') === 'development',
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
        excludeTables: NOT_MODELS,
      },
    },
    /** A pool of one: the lock by which migrations take turns belongs to the connection that took it. */
    migrations: {
      client: 'pg',
      connection: connectionTo(primary, longDeadline),
      pool: poolOf(1, longDeadline),
      migrations,
      schemaGeneration: { enabled: false },
    },
    replica: {
      client: 'pg',
      connection: {},
      replicas: {
        write: { connection: connectionTo(primary) },
        read: { connection: [connectionTo(replica)] },
      },
      pool: poolOf(20),
      schemaGeneration: { enabled: false },
    },
  },
})
