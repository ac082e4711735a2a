import env from '#start/env'
import { defineConfig } from '@adonisjs/lucid'

const primary = env.get('DATABASE_URL')
const replica = env.get('DATABASE_READ_URL') ?? primary

/**
 * `primary` is the default: a read that follows a write must find it. `replica` is for the reads that
 * `app/replication` sends there once it knows how far the connection it got has come.
 */
export default defineConfig({
  connection: 'primary',
  connections: {
    primary: {
      client: 'pg',
      connection: { connectionString: primary },
      pool: { min: 0, max: 20 },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: { enabled: false },
    },
    replica: {
      client: 'pg',
      connection: {},
      replicas: {
        write: { connection: { connectionString: primary } },
        read: { connection: [{ connectionString: replica }] },
      },
      pool: { min: 0, max: 20 },
      schemaGeneration: { enabled: false },
    },
  },
})
