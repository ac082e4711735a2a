import pg from 'pg'
import { ADMIN_ROLE, HOST } from './settings.ts'

/** Runs `task` with a superuser connection, then closes it. */
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
  // If the server disconnects, the query fails; no further handling is needed.
  client.on('error', () => {})
  try {
    await client.connect()
    return await task(client)
  } finally {
    await client.end().catch(() => {})
  }
}
