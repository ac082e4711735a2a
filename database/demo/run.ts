import type { HashManager } from '@adonisjs/core/hash'
import type { Database } from '@adonisjs/lucid/database'
import type { ClientBase } from 'pg'
import type { DemoSize } from './generator.js'
import { seedDemo, type SeedProgress, type SeedReport } from './seeder.js'

/** Two connections keep two cores of the database busy and leave the pool to everybody else. */
const CONNECTIONS = 2

/**
 * Seeds the database that Lucid's default connection writes to.
 *
 * @throws what `seedDemo` throws
 */
export async function runDemoSeed(
  { db, hash }: { db: Database; hash: HashManager<any> },
  options: DemoSize & { password: string },
  onProgress?: (progress: SeedProgress) => void
): Promise<SeedReport> {
  const passwordHash = await hash.make(options.password)
  return withConnections(db, (clients) =>
    seedDemo(clients, { ...options, passwordHash }, onProgress)
  )
}

/** Whether anybody has an account yet. */
export async function hasUsers(db: Database): Promise<boolean> {
  const { rows } = await db.rawQuery('SELECT EXISTS (SELECT FROM users) AS found')
  return rows[0].found
}

/** Whether nobody has an account yet, and nobody has removed the demo data. */
export async function isUntouched(db: Database): Promise<boolean> {
  const { rows } = await db.rawQuery('SELECT EXISTS (SELECT FROM demo_removals) AS removed')
  return !rows[0].removed && !(await hasUsers(db))
}

/** Lends connections of Lucid's pool, which COPY needs, for as long as the work goes on. */
async function withConnections<T>(
  db: Database,
  work: (clients: [ClientBase, ...ClientBase[]]) => Promise<T>
) {
  const pool = db.connection().getWriteClient().client
  const clients: ClientBase[] = []
  try {
    while (clients.length < CONNECTIONS) clients.push(await pool.acquireConnection())
    return await work(clients as [ClientBase, ...ClientBase[]])
  } finally {
    for (const client of clients) pool.releaseConnection(client)
  }
}
