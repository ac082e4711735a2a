import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createIgnitor } from '../bin/ignitor.js'
import { quantile } from '#bench/latency'
import type { ApplicationService } from '@adonisjs/core/types'

/**
 * Measures the time from the owner's update to the raised floor of the cache key, and the queries caused by a
 * thousand concurrent readers who miss the same page:
 *
 *     npm run bench:freshness -- --updates=1000
 *
 * Uses a temporary marketplace, or `DATABASE_URL`.
 */
const { values: flags } = parseArgs({ options: { updates: { type: 'string', default: '1000' } } })

const READERS = 1_000
const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
process.env.DATA_DIR = directory
process.env.LOG_LEVEL = 'error'

const ignitor = createIgnitor()
const app = ignitor.createApp('console')
await app.init()
await app.boot()
await app.start(() => {})
try {
  await run(app)
} finally {
  await app.terminate()
  await rm(directory, { recursive: true, force: true })
}

async function run(application: ApplicationService) {
  const { migrate, seedWhenEmpty } = await import('#database/prepare')
  await migrate(application)
  await seedWhenEmpty(application, () => {})

  const { ChangeFeed } = await import('#change_feed/change_feed')
  const { ChangeDispatcher } = await import('#change_feed/change_dispatcher')
  const feed = await application.container.make(ChangeFeed)
  await feed.start(await application.container.make(ChangeDispatcher))
  await commitToFloor(application)
  await herd(application)
  await feed.stop()
}

async function commitToFloor(application: ApplicationService) {
  const { Cache } = await import('#caches/cache')
  const { default: Product } = await import('#models/product')
  const cache = await application.container.make(Cache)
  const raiseFloor = cache.raiseFloor.bind(cache)
  let raised = Promise.withResolvers<void>()
  cache.raiseFloor = async (keys, position) => {
    await raiseFloor(keys, position)
    raised.resolve()
  }
  const product = await Product.firstOrFail()
  const times: number[] = []
  for (let update = -20; update < Number(flags.updates); update++) {
    raised = Promise.withResolvers()
    const sent = performance.now()
    await product.merge({ pricePaise: 5_000 + (update & 1) }).save()
    await raised.promise
    if (update >= 0) times.push(performance.now() - sent)
  }
  times.sort((one, other) => one - other)
  console.log(
    `Update sent to floor raised, ${times.length} updates: ` +
      `p50 ${quantile(times, 0.5)} ms, p99 ${quantile(times, 0.99)} ms`
  )
}

async function herd(application: ApplicationService) {
  const { ReadThrough } = await import('#caches/read_through')
  const { SessionClock } = await import('#replication/session_clock')
  const readThrough = await application.container.make(ReadThrough)
  let queries = 0
  const read = async () => ++queries
  await Promise.all(
    Array.from({ length: READERS }, () => {
      return readThrough.get('bench', 'page', new SessionClock(null, null), read)
    })
  )
  console.log(`${READERS} readers who miss one page at once: ${queries} queries`)
}
