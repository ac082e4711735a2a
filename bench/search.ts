import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createIgnitor } from '../bin/ignitor.js'
import { readGolden, readGoldenLanguages, type Judged } from '#bench/golden/read_golden'
import { ndcgOf, relevanceOf } from '#bench/golden/relevance'
import { changePrices, everydayQueries, typed } from '#bench/everyday'
import { measure, table } from '#bench/latency'
import { seedMarketplace } from '#bench/marketplace'
import type { ApplicationService } from '@adonisjs/core/types'
import type { Position } from '#replication/position'
import { SessionClock } from '#replication/session_clock'
import { searchFor, type SearchEngine, type SearchQuery } from '#search/search_engine'

/**
 * Measures the configured search engine, on a separate marketplace:
 *
 *     npm run bench:search -- --products=1000000 --users=20
 *
 * First relevance on the golden set (`golden/queries.txt`), compared with the original system's query if
 * `ELASTICSEARCH_URL` names a server. Then latency of `SearchEngine.search` and `suggest`, without HTTP and
 * rendering.
 *
 * - `uncached`: without cache and pauses, at the maximum load of the users.
 * - `every day`: with the cache, while a price changes every second; users search once a second, or type a letter
 *   every 200 ms, with a realistic mix of queries.
 *
 * The data directory is temporary, unless `--directory` names one to keep and reuse. With Elasticsearch,
 * `--indexed` also reuses the indices of an earlier run.
 */
const { values: flags } = parseArgs({
  options: {
    'products': { type: 'string', default: '100000' },
    'products-per-shop': { type: 'string', default: '10' },
    'users': { type: 'string', default: '20' },
    'runs': { type: 'string', default: '500' },
    'directory': { type: 'string' },
    'indexed': { type: 'boolean', default: false },
    'only': { type: 'string' },
    'worst': { type: 'string', default: '0' },
  },
})

const EVERYDAY_SECONDS = 30

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
    await tellWhoAnswered()
  })
} finally {
  await app.terminate()
  if (!flags.directory) await rm(directory, { recursive: true, force: true })
}

async function prepare(application: ApplicationService) {
  const { migrate } = await import('#database/prepare')
  const { hasUsers } = await import('#database/demo/untouched')
  const { Replication } = await import('#replication/replication')
  await migrate(application)
  const db = await application.container.make('lucid.db')
  if (!(await hasUsers(db))) {
    const size = { products: Number(flags.products), perShop: Number(flags['products-per-shop']) }
    await seedMarketplace(application, size)
  }
  const replication = await application.container.make(Replication)
  const written = await replication.currentPosition()
  while ((await replication.replicaProgress()).position < written) await delay(100)
  const { engine } = application.config.get<{ engine: string }>('search')
  if (engine === 'elasticsearch') {
    application.config.set('search.elasticsearch.timeout', 30_000)
    await index(application, written)
  }
}

/** A benchmark of Elasticsearch is void if the fallback answered. */
async function tellWhoAnswered() {
  const { searches } = await import('#metrics/metrics')
  for (const { labels, value } of (await searches.get()).values) {
    console.log(`Answered by ${labels.outcome}: ${value}`)
  }
}

/** Uses separate indices, named by `ELASTICSEARCH_PREFIX`. */
async function index(application: ApplicationService, position: Position) {
  const { IndexRebuild } = await import('#search/elasticsearch/indexing/index_rebuild')
  const { SearchIndices } = await import('#search/elasticsearch/indexing/search_indices')
  const { TABLES } = await import('#search/elasticsearch/documents')
  const rebuild = await application.container.make(IndexRebuild)
  const startedAt = Date.now()
  for (const one of TABLES) {
    if (flags.indexed) await rebuild.runIfNeeded(one)
    else await rebuild.run(one, { resume: false })
  }
  console.log(`Indexed in ${Math.round((Date.now() - startedAt) / 1000)} s`)
  await (await application.container.make(SearchIndices)).advance(position)
}

async function run(application: ApplicationService) {
  const { SearchEngine } = await import('#search/search_engine')
  const { Cache } = await import('#caches/cache')
  const engine = await application.container.make(SearchEngine)
  if (flags.only !== 'latency') await judge(application, engine)
  if (flags.only === 'relevance') return
  const all = Object.values(queries).flat()
  const users = Number(flags.users)
  const runs = Number(flags.runs)
  const clock = () => new SessionClock(null, null)
  const search = (query: SearchQuery) => engine.search(query, clock())
  const suggest = (query: SearchQuery) => {
    return engine.suggest({ prefix: query.q, city: query.city, size: 5 }, clock())
  }
  await measure(all, search, { users, runs: all.length * 3 })

  const alone = []
  for (const [kind, list] of Object.entries(queries)) {
    const few = Math.min(runs, 100)
    alone.push({ what: kind, ...(await measure(list, search, { users: 1, runs: few })) })
  }
  console.log('One user, uncached, milliseconds')
  table(alone)
  const many = { users, runs: runs * users }
  const rows = [
    { what: 'search, uncached', ...(await measure(all, search, many)) },
    { what: 'suggest, uncached', ...(await measure(prefixes(), suggest, many)) },
  ]
  await (await application.container.make(Cache)).keepAlive(3_600_000, 0n)
  const stop = await changePrices(application)
  const searches = everydayQueries(EVERYDAY_SECONDS * users)
  const letters = typed(searches).slice(0, 5 * EVERYDAY_SECONDS * users)
  const searching = { users, runs: searches.length, pause: 1_000 }
  const typing = { users, runs: letters.length, pause: 200 }
  rows.push({ what: 'search, every day', ...(await measure(searches, search, searching)) })
  rows.push({ what: 'suggest, every day', ...(await measure(letters, suggest, typing)) })
  stop()
  console.log(`${users} users at once, milliseconds`)
  table(rows)
}

/** Prefixes of the queries. */
function prefixes(): SearchQuery[] {
  return Object.values(queries)
    .flat()
    .flatMap((query) => [2, 3, 5].map((length) => ({ ...query, q: query.q.slice(0, length) })))
}

async function judge(application: ApplicationService, engine: SearchEngine) {
  const golden = readGolden()
  const name = application.config.get<string>('search.engine')
  const answers = await answersOf(golden, engine)
  const rows = [...relevanceRows(name, answers)]
  const others = []
  for (const [language, judged] of readGoldenLanguages()) {
    const own = await answersOf(judged, engine)
    rows.push(...relevanceRows(`${name}, ${language}`, own))
    others.push(...own)
  }
  const worst = [...answers, ...others]
    .filter(({ judged }) => !judged.heldOut)
    .map(({ judged, names }) => ({ q: judged.q, ndcg: ndcgOf(names, judged.grades), names }))
    .sort((a, b) => a.ndcg - b.ndcg)
  for (const { q, ndcg, names } of worst.slice(0, Number(flags.worst))) {
    console.log(ndcg.toFixed(2), q, '→', names.join(' | '))
  }
  if (process.env.ELASTICSEARCH_URL) rows.push(...(await seedRows(application, golden)))
  console.log('Relevance over the golden set')
  console.table(Object.fromEntries(rows))
}

async function answersOf(golden: Judged[], engine: SearchEngine) {
  const answers = []
  for (const judged of golden) {
    const query = searchFor({ q: judged.q, type: 'product', grouped: true, size: 10 })
    const { hits } = await engine.search(query, new SessionClock(null, null))
    answers.push({ judged, names: hits.map(({ name }) => name) })
  }
  return answers
}

function relevanceRows(name: string, answers: { judged: Judged; names: string[] }[]) {
  const part = (heldOut: boolean) => answers.filter(({ judged }) => judged.heldOut === heldOut)
  const figures = (some: typeof answers) => {
    const { queries: count, ndcg, zero } = relevanceOf(some)
    return {
      'queries': count,
      'nDCG@10': Math.round(ndcg * 1000) / 1000,
      'found nothing': `${(zero * 100).toFixed(1)} %`,
    }
  }
  return [
    [`${name}, tuned on`, figures(part(false))],
    [`${name}, held out`, figures(part(true))],
    [`${name}, all`, figures(answers)],
  ] as const
}

async function seedRows(application: ApplicationService, golden: Judged[]) {
  const { SeedQuery } = await import('#bench/golden/seed_query')
  const db = await application.container.make('lucid.db')
  const { rows } = await db.rawQuery(`
    SELECT DISTINCT ON (name) id, name, shop_name AS "shopName", shop_city AS "shopCity" FROM products`)
  const seedQuery = new SeedQuery(process.env.ELASTICSEARCH_URL!)
  await seedQuery.fill(rows)
  const answers = []
  for (const judged of golden) answers.push({ judged, names: await seedQuery.names(judged.q) })
  await seedQuery.remove()
  return relevanceRows("the seed's query", answers)
}
