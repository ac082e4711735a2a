import { mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright'
import { Production } from '#bench/pages/production'
import { table } from '#bench/pages/report'
import { look, type Look } from '#bench/phone/look'
import { phonePages, type PhonePage } from '#bench/phone/pages'
import { launchChromium } from '#tests/helpers/chromium'

const USAGE = `Measures the first screen of the main pages on a phone: Chromium at 360 × 740, slow 3G (400 kbit/s, 400 ms), a
processor four times slower; with an empty cache, and again with what the browser kept. The application runs as
\`npm start\` runs it, with the demo data. Prints a table for docs/performance.md, of medians.

    npm run bench:phone -- --rounds=5 --languages=en --only=search

  --rounds=3          loads of each page
  --languages=en,hi   languages of the browser
  --only=<text>       only pages whose name contains it
  --root=<path>       another checkout of the project
  --against=<path>    a checkout to compare with: loads take turns, so that both have the same machine
  --help              this text`

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    languages: { type: 'string', default: 'en,hi' },
    only: { type: 'string', default: '' },
    root: { type: 'string', default: process.cwd() },
    against: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

/** Files and kept pages are compressed at their best in the background, once they have been asked for. */
const COMPRESSES_MS = 3_000

const fixed = (value: number, digits: number) => value.toFixed(digits)

interface Site {
  url: URL
  pages: PhonePage[]
}

type Looks = NonNullable<Awaited<ReturnType<typeof look>>>

async function siteAt({ url }: Production): Promise<Site> {
  const pages = (await phonePages(url)).filter(({ name }) => name.includes(flags.only))
  return { url, pages }
}

async function measure(browser: Browser, sites: Site[]) {
  const rows: string[][] = []
  const names = sites.at(-1)!.pages.map(({ name }) => name)
  for (const language of flags.languages.split(',')) {
    for (const { url, pages } of sites) {
      for (const page of pages) await look(browser, url, page, language)
    }
    await delay(COMPRESSES_MS)
    for (const name of names) {
      const looks: Looks[][] = sites.map(() => [])
      for (let round = 0; round < Number(flags.rounds); round++) {
        for (const [at, { url, pages }] of sites.entries()) {
          const page = pages.find((one) => one.name === name)
          const seen = page && (await look(browser, url, page, language))
          if (seen) looks[at].push(seen)
        }
      }
      rows.push([name, language, ...looks.flatMap(timesOf), ...shapeOf(looks.at(-1)!)])
      console.error(`› ${name}, ${language}; load ${loadavg()[0].toFixed(1)}`)
    }
  }
  const times = ['paint ms', 'largest', 'again ms']
  const before = sites.length > 1 ? times.map((name) => `before: ${name}`) : []
  table(
    [
      'page',
      'language',
      ...before,
      ...times,
      'shift',
      'first product y',
      'visible',
      'HTML + CSS KB',
    ],
    rows
  )
}

function timesOf(looks: Looks[]) {
  if (looks.length === 0) return ['–', '–', '–']
  const first = (what: 'paint' | 'largest') => looks.map((one) => one.first[what])
  const all = [first('paint'), first('largest'), looks.map(({ again }) => again.paint)]
  return all.map((values) => String(medianOf(values)))
}

function shapeOf(looks: Looks[]) {
  const { top, visible, bytes }: Look = looks.at(-1)!.first
  const shift = medianOf(looks.map(({ first }) => first.shift))
  const inFull = top === null ? ['–', '–'] : [String(top), String(visible)]
  return [fixed(shift, 3), ...inFull, fixed(bytes / 1024, 1)]
}

function medianOf(values: number[]) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]
}

async function run() {
  const roots = flags.against ? [flags.against, flags.root] : [flags.root]
  const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
  const servers: Production[] = []
  const browser = await launchChromium()
  try {
    for (const [at, root] of roots.entries()) {
      const own = join(directory, String(at))
      servers.push(await Production.start({ root, directory: own, processes: 1 }))
    }
    await measure(browser, await Promise.all(servers.map(siteAt)))
  } finally {
    await browser.close()
    await Promise.all(servers.map((server) => server.stop()))
    await rm(directory, { recursive: true, force: true })
  }
}

if (flags.help) console.log(USAGE)
else await run()
