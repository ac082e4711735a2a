import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createIgnitor } from '../bin/ignitor.js'
import { Connection } from '#bench/load/connection'
import { seedMarketplace } from '#bench/marketplace'
import { requestsOf } from '#bench/memory/requests'
import { Production } from '#bench/pages/production'
import { ServerMetrics } from '#metrics/server_metrics'

const USAGE = `Measures the memory of the application as \`npm start\` runs it, in one process, while it answers a mix of
pages, searches, API requests and files, compressed in every way: resident, as the system counts it; the heap of V8 and
what of it is in use; and buffers outside of it.

    npm run bench:memory -- --requests=100000 --products=1000000

  --requests=100000   number of requests
  --every=20000       requests between two lines of the table
  --connections=16    requests at a time
  --products=<n>      a marketplace of that size instead of the demo data
  --directory=<path>  data directory to keep and reuse
  --help              this text`

const { values: flags } = parseArgs({
  options: {
    requests: { type: 'string', default: '100000' },
    every: { type: 'string', default: '20000' },
    connections: { type: 'string', default: '16' },
    products: { type: 'string' },
    directory: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

const PRODUCTS_OF_A_SHOP = 10
const MEGABYTE = 1024 * 1024
const KINDS = ['rss', 'heapTotal', 'heapUsed', 'external'] as const

if (flags.help) console.log(USAGE)
else await measure()

async function measure() {
  const directory = flags.directory ?? (await mkdtemp(join(tmpdir(), 'kirana-bench-')))
  try {
    if (flags.products) await seed(directory, Number(flags.products))
    const production = await Production.start({ root: process.cwd(), directory, processes: 1 })
    try {
      await load(production)
    } finally {
      await production.stop()
    }
  } finally {
    if (!flags.directory) await rm(directory, { recursive: true, force: true })
  }
}

async function load(production: Production) {
  const total = Number(flags.requests)
  const next = await requestsOf(production.url)
  console.log('| requests | resident | heap | in use | buffers |')
  console.log('| -------: | -------: | ---: | -----: | ------: |')
  await report(production, 0)
  const statuses: Record<string, number> = {}
  let sent = 0
  const ask = async () => {
    const connection = await Connection.open(production.url)
    while (sent < total) {
      const number = ++sent
      const { status } = await connection.ask(next())
      statuses[status] = (statuses[status] ?? 0) + 1
      if (number % Number(flags.every) === 0) await report(production, number)
    }
    connection.close()
  }
  await Promise.all(Array.from({ length: Number(flags.connections) }, ask))
  console.log('answers by status', statuses)
}

/** In megabytes. */
async function report({ url }: Production, requests: number) {
  let metrics: ServerMetrics | null = null
  while (!metrics) metrics = await ServerMetrics.fetch(url.href)
  const values = metrics.toJSON()
  const memory = KINDS.map((kind) => values[`kirana_process_memory_bytes{kind="${kind}"}`])
  const cells = [requests, ...memory.map((bytes) => Math.round(bytes / MEGABYTE))]
  console.log(`| ${cells.join(' | ')} |`)
}

async function seed(directory: string, products: number) {
  const environment = { ...process.env }
  Object.assign(process.env, { DATA_DIR: directory, LOG_LEVEL: 'warn' })
  const app = createIgnitor().createApp('console')
  try {
    await app.init()
    await app.boot()
    await app.start(async () => {
      const { migrate } = await import('#database/prepare')
      const { hasUsers } = await import('#database/demo/untouched')
      await migrate(app)
      if (await hasUsers(await app.container.make('lucid.db'))) return
      await seedMarketplace(app, { products, perShop: PRODUCTS_OF_A_SHOP })
    })
  } finally {
    await app.terminate()
    // The embedded database has put its address there, which `npm start` would take for an external one.
    process.env = environment
  }
}
