import type { HashManager } from '@adonisjs/core/hash'
import type { Database } from '@adonisjs/lucid/database'
import type { ClientBase } from 'pg'
import type { DemoSize } from './generator.js'
import { seedDemo, type SeedProgress, type SeedReport } from './seeder.js'

/** Two connections use two cores of the database and leave the rest of the pool to the application. */
const CONNECTIONS = 2

/**
 * Seeds the database of Lucid's default connection.
 *
 * @throws errors of `seedDemo`
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

/** Borrows connections from Lucid's pool while the work runs; COPY needs raw connections. */
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
