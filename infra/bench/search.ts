import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createIgnitor } from '../../bin/ignitor.js'
import { measure, table } from '#infra/bench/latency'
import type { ApplicationService } from '@adonisjs/core/types'
import { SessionClock } from '#replication/session_clock'
import type { Database } from '@adonisjs/lucid/database'
import { searchFor, type SearchQuery } from '#search/search_engine'

/**
 * Measures the search engine that is configured, on a marketplace of its own:
 *
 *     npm run bench:search -- --shops=100000 --products-per-shop=10 --users=20
 *
 * The data directory is a temporary one, unless `--directory` names one to keep; what is there already
 * is used again. Each time is that of one `SearchEngine.search`: everything but HTTP and the page.
 */
const { values: flags } = parseArgs({
  options: {
    'shops': { type: 'string', default: '10000' },
    'products-per-shop': { type: 'string', default: '10' },
    'users': { type: 'string', default: '20' },
    'runs': { type: 'string', default: '500' },
    'directory': { type: 'string' },
  },
})

const SHOPS_PER_OWNER = 4

const QUERIES: Record<string, (string | Partial<SearchQuery>)[]> = {
  'exact word': ['rice', 'besan', 'poha', 'sugar', 'paneer'],
  'beginning': ['bas', 'mas', 'chi', 'su', 'k'],
  'typing error': ['besn', 'basmti', 'panner', 'suger', 'chwal'],
  'Hindi': ['आटा', 'चीनी', 'दूध', 'चावल', 'नमक'],
  'two words': ['amul butter', 'basmati rice', 'toor dal', 'tata salt', 'mustard oil'],
  'shop name': ['sharma kirana store', 'gupta general store', 'shri balaji', 'apna bazaar'],
  'product and shop': ['rice sharma', 'milk kirana', 'amul gupta', 'atta indore', 'sugar delhi'],
  'in one city': [
    { q: 'rice', city: 'Indore' },
    { q: 'milk', city: 'Delhi' },
    { q: 'kirana', city: 'Mumbai' },
    { q: 'besn', city: 'Pune' },
  ],
  'common word': ['kirana', 'store', 'milk', 'powder', 'masala'],
  'nonsense': ['qwertyuiop', 'zzqq', 'xyzzy plugh', '☃', 'kjhgfd'],
}

const queries = Object.fromEntries(
  Object.entries(QUERIES).map(([kind, list]) => [kind, list.map(complete)])
)

function complete(query: string | Partial<SearchQuery>): SearchQuery {
  const given = typeof query === 'string' ? { q: query } : query
  return searchFor({ grouped: true, facets: true, ...given })
}

const directory = flags.directory ?? (await mkdtemp(join(tmpdir(), 'kirana-bench-')))
process.env.DATA_DIR = directory
process.env.LOG_LEVEL = 'warn'

const app = createIgnitor().createApp('console')
try {
  await app.init()
  await app.boot()
  await app.start(async () => {
    await prepare(app)
    await run(app)
  })
} finally {
  await app.terminate()
  if (!flags.directory) await rm(directory, { recursive: true, force: true })
}

async function prepare(application: ApplicationService) {
  const { migrate } = await import('#database/prepare')
  const { hasUsers } = await import('#database/demo/run')
  const { Replication } = await import('#replication/replication')
  await migrate(application)
  const db = await application.container.make('lucid.db')
  if (!(await hasUsers(db))) await seed(application, db)
  const replication = await application.container.make(Replication)
  const written = await replication.currentPosition()
  while ((await replication.replicaProgress()).position < written) await delay(100)
}

async function seed(application: ApplicationService, db: Database) {
  const { runDemoSeed } = await import('#database/demo/run')
  const { DEMO_PASSWORD } = await import('#database/demo/options')
  const { products, productsPerSecond } = await runDemoSeed(
    { db, hash: await application.container.make('hash') },
    {
      owners: Math.ceil(Number(flags.shops) / SHOPS_PER_OWNER),
      customers: 1,
      shopsPerOwner: SHOPS_PER_OWNER,
      productsPerShop: Number(flags['products-per-shop']),
      seed: 1,
      password: DEMO_PASSWORD,
    }
  )
  console.log(`Inserted ${products.made} products, ${productsPerSecond} a second`)
  for (const name of ['shops', 'products', 'search_names', 'search_vocabulary']) {
    await db.rawQuery(`VACUUM ANALYZE ${name}`)
  }
}

async function run(application: ApplicationService) {
  const { SearchEngine } = await import('#search/search_engine')
  const engine = await application.container.make(SearchEngine)
  const search = (query: SearchQuery) => engine.search(query, new SessionClock(null, null))
  const all = Object.values(queries).flat()
  const users = Number(flags.users)
  const runs = Number(flags.runs)
  await measure(all, search, { users, runs: all.length * users })

  const alone = []
  for (const [kind, list] of Object.entries(queries)) {
    alone.push({ what: kind, ...(await measure(list, search, { users: 1, runs })) })
  }
  alone.push({ what: 'all of them', ...(await measure(all, search, { users: 1, runs })) })
  console.log(`One user, ${runs} searches each, milliseconds`)
  table(alone)
  console.log(`${users} users at once, ${runs * users} searches, milliseconds`)
  table([{ what: 'all of them', ...(await measure(all, search, { users, runs: runs * users })) }])
}
