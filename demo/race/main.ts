import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { ending } from '#infra/ending'
import { bad, good, rupees, soft, strong, table, type Outcome } from './report.js'
import type { Narrator, Scenario } from './scenario.js'
import type { Watch } from './watch.js'

const NAMES = ['lag', 'slow-reader', 'duplicate', 'stopped-replay']

/** Of the server's cache, and how much longer to wait for a cache that stays wrong; in seconds. */
const [OUR_TTL, PATIENCE] = [60, 30]

const HELP = `Shows how a cache keeps an old price: a usual cache and this one, side by side,
on a PostgreSQL primary and replica of their own, which are removed afterwards.
It takes little longer than the TTL of the usual cache.

    npm run demo:race
    npm run demo:race -- --scenario=lag --ttl=10

  --scenario=NAME   only this one; can be repeated:
                    ${NAMES.join(', ')}
  --ttl=SECONDS     how long the usual cache keeps a page (60)
  --picture=FILE    also writes the table as SVG
  -h, --help        this text

NO_COLOR=1 leaves out the colours.`

const OPTIONS = {
  scenario: { type: 'string', multiple: true, default: NAMES },
  ttl: { type: 'string', default: '60' },
  picture: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const

function options() {
  try {
    const { values } = parseArgs({ options: OPTIONS })
    const unknown = values.scenario.find((name) => !NAMES.includes(name))
    if (unknown) throw new Error(`No scenario ${unknown}: there are ${NAMES.join(', ')}`)
    const ttl = Number(values.ttl)
    if (!(ttl > 0 && ttl <= 3_600)) throw new Error('--ttl takes seconds, up to 3600')
    return { ...values, ttl }
  } catch (error: any) {
    console.error(`${error.message}\n\n${HELP}`)
    return process.exit(2)
  }
}

/** Prints a scenario with seconds since it began. */
class Screen implements Narrator {
  #began = performance.now()

  say = (text: string) => {
    if (!ending.aborted) console.log(`${this.#time()}${soft(text)}`)
  }

  watch = async (watch: Watch, seconds: number): Promise<void> => {
    const until = performance.now() + seconds * 1_000
    await watch.nextAnswers()
    for (;;) {
      if (ending.aborted) return new Promise(() => {})
      console.log(`${this.#time()}${side(watch, 'usual')}${side(watch, 'ours')}`.trimEnd())
      if (performance.now() + 1_000 > until) return delay(Math.max(0, until - performance.now()))
      await delay(1_000)
    }
  }

  #time() {
    return soft(`${((performance.now() - this.#began) / 1_000).toFixed(1)} s`.padStart(8) + '   ')
  }
}

function side(watch: Watch, which: 'usual' | 'ours') {
  const tally = watch[which]
  const isWrong = watch.isWrong(tally)
  const text = `${rupees(tally.latest)}${isWrong ? '  wrong' : ''}`.padEnd(16)
  return isWrong ? bad(text) : good(text)
}

/** A row every five seconds, until everything is right. */
async function waitUntilRight(outcomes: Outcome[], ttl: number) {
  const began = performance.now()
  const seconds = () => (performance.now() - began) / 1_000
  const isRight = () => outcomes.every(({ watch }) => watch.isRight)
  const row = () =>
    console.log(
      soft(`${seconds().toFixed(1)} s`.padStart(8) + '   ') +
        outcomes
          .map(({ watch }) => {
            const text = `${rupees(watch.usual.latest)} / ${rupees(watch.ours.latest)}`.padEnd(16)
            return watch.isRight ? good(text) : bad(text)
          })
          .join('')
          .trimEnd()
    )
  if (isRight()) return
  console.log(strong(`\nUntil the usual cache’s TTL is over (usual / this one)`))
  console.log(
    ''.padEnd(11) +
      outcomes
        .map(({ scenario }) => scenario.name.padEnd(16))
        .join('')
        .trimEnd()
  )
  while (!isRight() && !ending.aborted) {
    row()
    for (let waited = 0; waited < 5_000 && !isRight(); waited += 100) await delay(100)
    if (seconds() > Math.max(ttl, OUR_TTL) + PATIENCE) break
  }
  row()
}

async function play(scenario: Scenario, market: Parameters<Scenario['play']>[0]) {
  console.log(`\n${strong(scenario.title.padEnd(11))}`)
  console.log(strong(`${''.padEnd(11)}${'usual cache'.padEnd(16)}this one`))
  return scenario.play(market, new Screen())
}

async function run({ scenario: names, ttl, picture: file }: ReturnType<typeof options>) {
  const { startServer } = await import('./server.js')
  const server = await startServer()
  const { Market } = await import('./market.js')
  const { SCENARIOS } = await import('./scenarios.js')
  const market = await Market.open(server, ttl * 1_000)

  console.log(`
A price of ₹52 becomes ₹60. What is shown once each cache has heard of it?

usual cache  reads through the replica, stores for ${ttl} s, deletes on the event;
             a session remembers how far the replica was
this one     GET /shops/… of this server, on the same databases`)
  const outcomes: Outcome[] = []
  for (const scenario of SCENARIOS.filter(({ name }) => names.includes(name))) {
    outcomes.push({ scenario, watch: await play(scenario, market) })
  }
  await waitUntilRight(outcomes, ttl)
  if (ending.aborted) return
  for (const { watch } of outcomes) await watch.stop()

  console.log(`\n${table(outcomes)}`)
  if (file) {
    const { picture } = await import('./picture.js')
    writeFileSync(file, picture(outcomes, { ttl, date: new Date().toISOString().slice(0, 10) }))
  }
  await market.close()
  await server.app.terminate()
}

const chosen = options()
if (chosen.help) {
  console.log(HELP)
} else {
  const { fail } = await import('../../bin/fail.js')
  await run(chosen).catch(fail)
  if (!ending.aborted) process.exit()
}
