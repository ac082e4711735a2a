import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { median } from '#bench/latency'
import { DEMO_PASSWORD } from '#database/demo/options'
import { withServer } from '#infra/server_process'

/**
 * Measures the API of one process, with the demo data, against three baselines: a bare route of the framework, one
 * that sends as many bytes, and one behind the framework's own token guard, limiter and compression:
 *
 *     npm run bench:api -- --rounds=5 --seconds=1 --connections=16
 *
 * The four alternate and the medians of all rounds are shown, to even out other load on this machine. The load
 * generator runs here too, so compare ratios within a run, not figures across machines.
 */
const PATHS = [
  '/me',
  '/shops/',
  '/shops/?limit=24',
  '/shops/{id}/products/',
  '/shops/{id}/products/?limit=24',
  '/search?q=besan',
]

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '16' },
    directory: { type: 'string' },
  },
})

const directory = flags.directory ?? (await mkdtemp(join(tmpdir(), 'kirana-bench-')))

const environment = {
  DATA_DIR: directory,
  LOG_LEVEL: 'error',
  API_REQUESTS_PER_MINUTE: '1000000000',
}

const withApi = (work: (url: URL) => Promise<void>) =>
  withServer('start.js', '/health/live', environment, work)
const withBare = (work: (url: URL) => Promise<void>) =>
  withServer('bench/bare_server.ts', '/', environment, work)

try {
  await withApi((api) => withBare((bare) => compare(api, bare)))
} finally {
  if (!flags.directory) await rm(directory, { recursive: true, force: true })
}

async function compare(api: URL, bare: URL) {
  const headers = { authorization: `Bearer ${await token(api)}` }
  const shops = await fetch(new URL('/api/shops/', api), { headers })
  const [{ id }] = (await shops.json()) as { id: string }[]
  const bareToken = await (await fetch(new URL('/token', bare))).text()
  const rows: Record<string, object> = {}
  for (const path of PATHS) {
    const url = new URL(`/api${path.replace('{id}', id)}`, api)
    const { byteLength } = await (await fetch(url, { headers })).arrayBuffer()
    const loads = {
      own: () => load(url, headers),
      bare: () => load(new URL('/', bare)),
      sameBytes: () => load(new URL(`/bytes/${byteLength}`, bare)),
      bareApi: () =>
        load(new URL(`/api/bytes/${byteLength}`, bare), { authorization: `Bearer ${bareToken}` }),
    }
    rows[`GET /api${path}`] = await row(loads, byteLength)
  }
  console.log(
    `${flags.connections} connections, ${flags.rounds} rounds of ${flags.seconds} s, milliseconds`
  )
  console.table(rows)
}

type Measured = Awaited<ReturnType<typeof load>>
type Name = 'own' | 'bare' | 'sameBytes' | 'bareApi'

async function row(loads: Record<Name, () => Promise<Measured>>, bytes: number) {
  for (const one of Object.values(loads)) await one()
  const rounds: Record<Name, Measured>[] = []
  for (let round = 0; round < Number(flags.rounds); round++) {
    rounds.push({
      own: await loads.own(),
      bare: await loads.bare(),
      sameBytes: await loads.sameBytes(),
      bareApi: await loads.bareApi(),
    })
  }
  const ratio = (name: Name) =>
    `${Math.round(100 * median(rounds.map((round) => round.own.requests / round[name].requests)))} %`
  return {
    'requests/s': Math.round(median(rounds.map((round) => round.own.requests))),
    'p50': median(rounds.map((round) => round.own.p50)),
    'p99': median(rounds.map((round) => round.own.p99)),
    bytes,
    'bare requests/s': Math.round(median(rounds.map((round) => round.bare.requests))),
    'of bare': ratio('bare'),
    'of same bytes': ratio('sameBytes'),
    'of bare API': ratio('bareApi'),
  }
}

async function load(url: URL, headers: Record<string, string> = {}) {
  const { requests, latency, non2xx, errors } = await autocannon({
    url: url.href,
    headers,
    connections: Number(flags.connections),
    duration: Number(flags.seconds),
  })
  if (non2xx + errors > 0) throw new Error(`${url.pathname}: ${non2xx + errors} requests failed`)
  return { requests: requests.average, p50: latency.p50, p99: latency.p99 }
}

async function token(url: URL) {
  const body = new URLSearchParams({ username: 'customer', password: DEMO_PASSWORD })
  const response = await fetch(new URL('/api/token', url), { method: 'POST', body })
  const { access_token: accessToken } = (await response.json()) as { access_token: string }
  return accessToken
}
