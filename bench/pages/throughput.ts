import { median } from '#bench/latency'
import type { LoadGenerator } from '#bench/load/load_generator'
import type { Load } from '#bench/load/process'
import type { Production } from './production.js'
import { nameOf, type Row } from './rows.js'

export interface Bare {
  url: URL
  token: string
}

/** Takes turns with a bare route, and for the API with the bare API that sends as many bytes. */
export async function throughput(
  load: LoadGenerator,
  { production, bare, rounds }: { production: Production; bare: Bare; rounds: number },
  row: Row
) {
  const url = new URL(row.path, production.url)
  const { headers, contains } = row
  const own = () => withTime(production, () => load.run({ url: url.href, headers, contains }))
  const baseline = async () => {
    if (!row.isApi) return load.run({ url: new URL('/', bare.url).href, headers: {} })
    return bareApi(load, bare, headers, await sizeOf(url, headers))
  }
  await own()
  await baseline()
  const measured: { own: Load & { time: number }; bare: Load }[] = []
  for (let round = 0; round < rounds; round++) {
    measured.push({ own: await own(), bare: await baseline() })
  }
  const unchanged = await conditional(load, url, headers)
  const of = (name: keyof Load | 'time') => median(measured.map(({ own: one }) => one[name]))
  const ratio = median(measured.map((one) => one.own.perSecond / one.bare.perSecond))
  return {
    what: nameOf(row),
    before: row.before,
    perSecond: of('perSecond'),
    aim: row.aim,
    p50: of('p50'),
    p99: of('p99'),
    bytes: of('bytes'),
    time: of('time'),
    bare: median(measured.map((one) => one.bare.perSecond)),
    ratio,
    unchanged,
    core: of('core'),
  }
}

export type Measured = Awaited<ReturnType<typeof throughput>>

/** Adds the milliseconds of processor time per request. */
export async function withTime(production: Production, work: () => Promise<Load>) {
  const before = production.processorTime()
  const load = await work()
  return { ...load, time: (production.processorTime() - before) / load.requests }
}

function bareApi(
  load: LoadGenerator,
  { url, token }: Bare,
  headers: Record<string, string>,
  bytes: number
) {
  return load.run({
    url: new URL(`/api/bytes/${bytes}`, url).href,
    headers: { ...headers, authorization: `Bearer ${token}` },
  })
}

/** Bytes of the uncompressed body. */
async function sizeOf(url: URL, headers: Record<string, string>) {
  const response = await fetch(url, { headers })
  return (await response.arrayBuffer()).byteLength
}

/** Requests per second that are answered with 304; null without an `ETag`. */
async function conditional(load: LoadGenerator, url: URL, headers: Record<string, string>) {
  const response = await fetch(url, { headers })
  await response.arrayBuffer()
  const tag = response.headers.get('etag')
  if (!tag) return null
  const asked = { ...headers, 'if-none-match': tag }
  if ((await fetch(url, { headers: asked })).status !== 304) return null
  return (await load.run({ url: url.href, headers: asked, status: 304 })).perSecond
}
