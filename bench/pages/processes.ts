import { median } from '#bench/latency'
import type { LoadGenerator } from '#bench/load/load_generator'
import type { Production } from './production.js'
import { nameOf, rowsOf, type Row } from './rows.js'
import { withTime } from './throughput.js'

/** Two processes against one, in turns: the requests, and the processor time of each. */
export async function compareProcesses(
  load: LoadGenerator,
  { one, two, rounds }: { one: Production; two: Production; rounds: number },
  wanted: (row: Row) => boolean
) {
  const [rows, others] = [await rowsOf(one.url), await rowsOf(two.url)]
  const results = []
  for (const [index, row] of rows.entries()) {
    if (!wanted(row)) continue
    const ask = (production: Production, { path, headers, contains }: Row) => {
      const { href: url } = new URL(path, production.url)
      return withTime(production, () => load.run({ url, headers, contains }))
    }
    await ask(one, row)
    await ask(two, others[index])
    const measured = []
    for (let round = 0; round < rounds; round++) {
      measured.push({ one: await ask(one, row), two: await ask(two, others[index]) })
    }
    results.push({
      what: nameOf(row),
      one: median(measured.map((round) => round.one.perSecond)),
      two: median(measured.map((round) => round.two.perSecond)),
      requests: median(measured.map((round) => round.two.perSecond / round.one.perSecond)),
      time: median(measured.map((round) => round.two.time / round.one.time)),
      core: median(measured.map((round) => round.two.core)),
    })
  }
  return results
}
