import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { Production } from '#bench/pages/production'
import { table } from '#bench/pages/report'
import { look, type Look } from '#bench/phone/look'
import { phonePages } from '#bench/phone/pages'
import { launchChromium } from '#tests/helpers/chromium'

const USAGE = `Measures the first screen of the main pages on a phone: Chromium at 360 × 740, slow 3G (400 kbit/s, 400 ms), a
processor four times slower, an empty cache. The application runs as \`npm start\` runs it, with the demo data. Prints a
table for docs/performance.md.

    npm run bench:phone -- --rounds=5 --languages=en --only=search

  --rounds=3          loads of each page; the best paint and their median are shown
  --languages=en,hi   languages of the browser
  --only=<text>       only pages whose name contains it
  --root=<path>       another checkout of the project, to compare
  --help              this text`

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    languages: { type: 'string', default: 'en,hi' },
    only: { type: 'string', default: '' },
    root: { type: 'string', default: process.cwd() },
    help: { type: 'boolean', default: false },
  },
})

/** Files and kept pages are compressed at their best in the background, once they have been asked for. */
const COMPRESSES_MS = 3_000

const kilobytes = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

async function measure(url: URL) {
  const rows: string[][] = []
  const browser = await launchChromium()
  try {
    const pages = (await phonePages(url)).filter(({ name }) => name.includes(flags.only))
    for (const language of flags.languages.split(',')) {
      for (const page of pages) await look(browser, url, page, language)
      await delay(COMPRESSES_MS)
      for (const page of pages) {
        const looks: Look[] = []
        for (let round = 0; round < Number(flags.rounds); round++) {
          const seen = await look(browser, url, page, language)
          if (seen) looks.push(seen)
        }
        if (looks.length > 0) rows.push([page.name, language, ...cellsOf(looks)])
        console.error(`› ${page.name}, ${language}`)
      }
    }
  } finally {
    await browser.close()
  }
  table(
    ['page', 'language', 'paint ms', 'median', 'first product y', 'visible', 'HTML + CSS KB'],
    rows
  )
}

function cellsOf(looks: Look[]) {
  const byPaint = looks.toSorted((a, b) => a.paint - b.paint)
  const median = byPaint[Math.floor(byPaint.length / 2)]
  const { top, visible, bytes } = looks.at(-1)!
  const inFull = top === null ? ['–', '–'] : [String(top), String(visible)]
  return [String(byPaint[0].paint), String(median.paint), ...inFull, kilobytes.format(bytes / 1024)]
}

async function run() {
  const directory = await mkdtemp(join(tmpdir(), 'kirana-bench-'))
  const production = await Production.start({ root: flags.root, directory, processes: 1 })
  try {
    await measure(production.url)
  } finally {
    await production.stop()
    await rm(directory, { recursive: true, force: true })
  }
}

if (flags.help) console.log(USAGE)
else await run()
