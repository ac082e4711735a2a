import { parseArgs } from 'node:util'
import { runPiece, violationsOf } from './piece.js'
import { writePage } from './report/page.js'
import { append, sumOf } from './report/runs.js'
import { textOf } from './report/text.js'

const USAGE = `Starts a primary, two replicas and two servers, breaks parts of them while people read and write, and checks what
each was shown. See docs/proof.md.

    npm run proof -- --minutes=10
    npm run proof -- --report

  --minutes=1      how long load and faults go on
  --seed=<number>  of all choices; what happens at what time depends on the machine too
  --stack          with Redis, Kafka, Debezium and HAProxy instead of caches in memory and feeds from the log
  --out=<file>     appends the run as a line of JSON, such as docs/proof/runs.jsonl
  --report         runs nothing: writes the figures and the chart of docs/proof.md from the lines of --out
  --help           this text

Ctrl-C ends the run with a report of what was done. Exit code 1: a promise was broken; 2: the run itself failed.`

const RUNS = 'docs/proof/runs.jsonl'
const PAGE = 'docs/proof.md'
const SECONDS_PER_MINUTE = 60

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    stack: { type: 'boolean', default: false },
    out: { type: 'string' },
    report: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

function isPositive(name: 'minutes' | 'seed') {
  if (Number(flags[name]) > 0) return true
  console.error(`--${name} must be a number above 0, not "${flags[name]}"`)
  return false
}

async function run() {
  const end = new AbortController()
  const finish = () => {
    if (end.signal.aborted) return
    console.log('Ending; a moment, the faults are put right and the last answers counted')
    end.abort()
  }
  // npm passes Ctrl-C on a second time.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, finish)
  const piece = await runPiece({
    seconds: Number(flags.minutes) * SECONDS_PER_MINUTE,
    seed: Number(flags.seed),
    isStack: flags.stack,
    say: (line) => console.log(line),
    end: end.signal,
  })
  console.log(`\nseed ${piece.seed}, ${piece.on}, commit ${piece.commit}`)
  console.log(textOf(sumOf([piece])))
  for (const excerpt of piece.excerpts) console.log(`\n  BROKEN: ${excerpt}`)
  if (flags.out) append(flags.out, piece)
  return violationsOf(piece) === 0 ? 0 : 1
}

if (flags.help) {
  console.log(USAGE)
} else if (flags.report) {
  await writePage(PAGE, flags.out ?? RUNS)
} else if (isPositive('minutes') && isPositive('seed')) {
  const code = await run().catch((error) => {
    console.error(error)
    return 2
  })
  process.exit(code)
} else {
  process.exitCode = 2
}
