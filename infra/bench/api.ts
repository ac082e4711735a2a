import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { DEMO_PASSWORD } from '#database/demo/options'
import { withServer } from '#infra/server_process'

/**
 * Measures the API of one process, with the demo data, beside a bare route of the framework and beside one that
 * sends as many bytes:
 *
 *     npm run bench:api -- --rounds=5 --seconds=1 --connections=16
 *
 * The three take turns, and the medians of all rounds are shown, for other work on this machine comes and goes.
 * The load comes from this machine too, so compare the ratios of one run, not the figures of two machines.
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
  withServer('bin/start.ts', '/health/live', environment, work)
const withBare = (work: (url: URL) => Promise<void>) =>
  withServer('infra/bench/bare_server.ts', '/', environment, work)

try {
  await withApi((api) => withBare((bare) => compare(api, bare)))
} finally {
  if (!flags.directory) await rm(directory, { recursive: true, force: true })
}

async function compare(api: URL, bare: URL) {
  const headers = { authorization: `Bearer ${await token(api)}` }
  const shops = await fetch(new URL('/api/shops/', api), { headers })
  const [{ id }] = (await shops.json()) as { id: string }[]
  const rows: Record<string, object> = {}
  for (const path of PATHS) {
    const url = new URL(`/api${path.replace('{id}', id)}`, api)
    const { byteLength } = await (await fetch(url, { headers })).arrayBuffer()
    rows[`GET /api${path}`] = await row(
      () => load(url, headers),
      () => load(new URL('/', bare)),
      () => load(new URL(`/bytes/${byteLength}`, bare)),
      byteLength
    )
  }
  console.log(
    `${flags.connections} connections, ${flags.rounds} rounds of ${flags.seconds} s, milliseconds`
  )
  console.table(rows)
}

type Load = () => ReturnType<typeof load>

async function row(own: Load, bare: Load, sameBytes: Load, bytes: number) {
  await own()
  const rounds: Record<'own' | 'bare' | 'sameBytes', Awaited<ReturnType<Load>>>[] = []
  for (let round = 0; round < Number(flags.rounds); round++) {
    rounds.push({ own: await own(), bare: await bare(), sameBytes: await sameBytes() })
  }
  const ratio = (name: 'bare' | 'sameBytes') =>
    `${Math.round(100 * median(rounds.map((round) => round.own.requests / round[name].requests)))} %`
  return {
    'requests/s': Math.round(median(rounds.map((round) => round.own.requests))),
    'p50': median(rounds.map((round) => round.own.p50)),
    'p99': median(rounds.map((round) => round.own.p99)),
    bytes,
    'bare requests/s': Math.round(median(rounds.map((round) => round.bare.requests))),
    'of bare': ratio('bare'),
    'of bare, same bytes': ratio('sameBytes'),
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

function median(numbers: number[]) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)]
}

async function token(url: URL) {
  const body = new URLSearchParams({ username: 'customer', password: DEMO_PASSWORD })
  const response = await fetch(new URL('/api/token', url), { method: 'POST', body })
  const { access_token: accessToken } = (await response.json()) as { access_token: string }
  return accessToken
}
