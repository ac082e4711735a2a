import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LoadGenerator } from '#bench/load/load_generator'
import { freshness } from '#bench/pages/freshness'
import { compareProcesses } from '#bench/pages/processes'
import { Production } from '#bench/pages/production'
import * as report from '#bench/pages/report'
import { nameOf, rowsOf, type Row } from '#bench/pages/rows'
import { statements } from '#bench/pages/statements'
import { throughput, type Measured } from '#bench/pages/throughput'
import { withServer } from '#infra/server_process'

const USAGE = `Measures pages and API of the application as \`npm start\` runs it, with the demo data, and prints a table
for docs/performance.md.

    npm run bench:pages -- --rounds=3 --seconds=2 --only=cart

  --rounds=3        rounds of each row; the median is shown
  --seconds=2       length of a load
  --connections=16  requests at a time
  --only=<text>     only rows and parts whose name contains it; parts: pages, statements, freshness, processes
  --updates=300     price changes of the part freshness
  --streams=500     open live pages of the part freshness
  --root=<path>     another checkout of the project, to compare
  --help            this text

Each row takes turns with a bare route of the framework, rows of the API with the bare API of bench:api. The load
comes from a process of its own, pinned to the first core where \`taskset\` exists.`

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    connections: { type: 'string', default: '16' },
    only: { type: 'string' },
    updates: { type: 'string', default: '300' },
    streams: { type: 'string', default: '500' },
    root: { type: 'string', default: process.cwd() },
    help: { type: 'boolean', default: false },
  },
})

const PARTS = ['pages', 'statements', 'freshness', 'processes']

const rounds = Number(flags.rounds)
const only = flags.only ?? ''
const part = PARTS.find((name) => name === only)

/** All by default; of named rows only what is quick. */
const measures = (name: string) => {
  if (part) return name === part
  return only === '' || ['pages', 'statements'].includes(name)
}
const wanted = (row: Row) => part !== undefined || nameOf(row).includes(only)

async function withProduction(processes: number, work: (production: Production) => Promise<void>) {
  const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
  const production = await Production.start({ root: flags.root, directory, processes })
  try {
    await work(production)
  } finally {
    await production.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

/** A row that fails does not end the run, but is left out of the table. */
async function unlessFailed(work: () => Promise<void>) {
  try {
    await work()
  } catch (error: any) {
    console.error(`› ${error.message}`)
    process.exitCode = 1
  }
}

async function measureOne(load: LoadGenerator, production: Production) {
  const rows = (await rowsOf(production.url)).filter(wanted)
  if (measures('pages')) {
    await withServer('bench/bare_server.ts', '/', {}, async (bareUrl) => {
      const token = await (await fetch(new URL('/token', bareUrl))).text()
      const bare = { url: bareUrl, token }
      const measured: Measured[] = []
      for (const row of rows) {
        await unlessFailed(async () => {
          measured.push(await throughput(load, { production, bare, rounds }, row))
          report.progress(measured.at(-1)!)
        })
      }
      report.pages(measured)
    })
  }
  if (measures('statements')) report.statements(await statements(production, rows))
  if (measures('freshness')) {
    const options = { streams: Number(flags.streams), updates: Number(flags.updates) }
    report.freshness(await freshness(production, options))
  }
}

async function run(load: LoadGenerator) {
  report.conditions(flags, load.isPinned)
  await withProduction(1, async (one) => {
    await measureOne(load, one)
    if (!measures('processes')) return
    await withProduction(2, async (two) => {
      await unlessFailed(async () => {
        report.processes(await compareProcesses(load, { one, two, rounds }, report.inProcesses))
      })
    })
  })
}

if (flags.help) {
  console.log(USAGE)
} else {
  const load = new LoadGenerator({
    connections: Number(flags.connections),
    seconds: Number(flags.seconds),
  })
  await run(load).finally(() => load.stop())
}
