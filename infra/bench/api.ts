import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { DEMO_PASSWORD } from '#database/demo/options'
import { withServer } from '#infra/server_process'

/**
 * Measures the API of one process, with the demo data, beside a bare route of the framework:
 *
 *     npm run bench:api -- --seconds=5 --connections=16
 *
 * Each server runs by itself while it is measured. The load comes from this machine too, so compare the
 * ratios of one run, not the figures of two machines.
 */
const { values: flags } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    directory: { type: 'string' },
  },
})

const directory = flags.directory ?? (await mkdtemp(join(tmpdir(), 'kirana-bench-')))
const rows: Record<string, object> = {}
let bare = 0

const environment = {
  DATA_DIR: directory,
  LOG_LEVEL: 'warn',
  API_REQUESTS_PER_MINUTE: '1000000000',
}

try {
  await withServer('infra/bench/bare_server.ts', '/', environment, async (url) => {
    bare = await measure('bare route', new URL('/', url), {})
  })
  await withServer('bin/start.ts', '/health/live', environment, async (url) => {
    const headers = { authorization: `Bearer ${await token(url)}` }
    const shops = await fetch(new URL('/api/shops/', url), { headers })
    const [{ id }] = (await shops.json()) as { id: string }[]
    for (const path of ['/me', '/shops/', `/shops/${id}/products/`, '/search?q=besan']) {
      const name = path.replace(id, '{id}')
      await measure(`GET /api${name}`, new URL(`/api${path}`, url), headers)
    }
  })
  console.log(`${flags.connections} connections, ${flags.seconds} s each, milliseconds`)
  console.table(rows)
} finally {
  if (!flags.directory) await rm(directory, { recursive: true, force: true })
}

async function measure(name: string, url: URL, headers: Record<string, string>) {
  const options = { url: url.href, headers, connections: Number(flags.connections) }
  await autocannon({ ...options, duration: 2 })
  const { requests, latency, throughput, non2xx, errors } = await autocannon({
    ...options,
    duration: Number(flags.seconds),
  })
  if (non2xx + errors > 0) throw new Error(`${name}: ${non2xx + errors} requests failed`)
  rows[name] = {
    'requests/s': Math.round(requests.average),
    'of bare': bare ? `${Math.round((requests.average / bare) * 100)} %` : '',
    'p50': latency.p50,
    'p99': latency.p99,
    'bytes': Math.round(throughput.average / requests.average),
  }
  return requests.average
}

async function token(url: URL) {
  const body = new URLSearchParams({ username: 'customer', password: DEMO_PASSWORD })
  const response = await fetch(new URL('/api/token', url), { method: 'POST', body })
  const { access_token: accessToken } = (await response.json()) as { access_token: string }
  return accessToken
}
