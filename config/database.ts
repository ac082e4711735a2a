import env from '#start/env'
import app from '@adonisjs/core/services/app'
import { defineConfig } from '@adonisjs/lucid'
import { connectsWithin, keepDeadlines } from '#infra/database_deadlines'

const primary = env.get('DATABASE_URL')
const replica = env.get('DATABASE_READ_URL') ?? primary

const SECOND = 1_000
const HOUR = 3_600 * SECOND
const isServer = app.getEnvironment() === 'web'

/**
 * For a statement of a page, as the client counts. The tests share their processors with the servers that they
 * start, so that a page of theirs may be slow.
 */
export const pageDeadline = app.inTest ? 10 * SECOND : 1.7 * SECOND

/** For an import or an export. */
export const listDeadline = 30 * SECOND

/** By the server; for one that does not answer any more, the client counts as well, a little longer. */
const statementDeadline = isServer ? 30 * SECOND : HOUR

/** For work that takes its time, such as a migration. */
export const longDeadline = HOUR

function connectionTo(connectionString: string | undefined, deadline = statementDeadline) {
  return Object.assign(connectsWithin(isServer ? SECOND : 10 * SECOND), {
    connectionString,
    statement_timeout: deadline,
    /** A statement whose client has given up ends. */
    options: '-c client_connection_check_interval=1s',
  })
}

function poolOf(max: number, deadline = statementDeadline) {
  return {
    ...{ min: 0, max },
    acquireTimeoutMillis: isServer ? pageDeadline : 60 * SECOND,
    afterCreate: keepDeadlines(deadline + 2 * SECOND),
  }
}

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
      schemaGeneration: { enabled: false },
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
