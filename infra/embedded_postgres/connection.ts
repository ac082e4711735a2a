import pg from 'pg'
import { ADMIN_ROLE, HOST } from './settings.ts'

/** Runs `task` with a connection as superuser, and closes it after that. */
export async function withAdmin<Result>(
  address: { port: number; password: string },
  task: (client: pg.Client) => Promise<Result>,
  database = 'postgres'
): Promise<Result> {
  const client = new pg.Client({
    ...address,
    database,
    host: HOST,
    user: ADMIN_ROLE,
    ssl: false,
    application_name: 'embedded_cluster',
    connectionTimeoutMillis: 5_000,
  })
  // A server that goes away meanwhile makes the query fail; that is enough.
  client.on('error', () => {})
  try {
    await client.connect()
    return await task(client)
  } finally {
    await client.end().catch(() => {})
  }
}
