/**
 * Runs the test suites named by its arguments in as many processes as there are processors, each with the database of
 * a data directory of its own and with its share of the files. A process that is silent for long is ended.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseEnv } from 'node:util'

const MOST = 4
/** Several times as long as the longest test takes on a busy machine. */
const SILENT_MS = 240_000
const TEST = join(import.meta.dirname, 'test.ts')
const DATA = process.env.DATA_DIR ?? '.data'

/** A line such as `unit / Money (tests/unit/money.spec.ts)`, which begins the tests of a file. */
const FILE = /^\S+ \/ .* \(.*\)$/
const TOTAL = /^Tests +\d/
// eslint-disable-next-line no-control-regex
const COLOURS = /\x1b\[[0-9;]*m/g

/** Prints the lines of several processes, those of a test file together. */
class Output {
  passed = 0
  failed = 0
  #held: string[] = []

  take(line: string) {
    const plain = line.replace(COLOURS, '').trim()
    if (TOTAL.test(plain)) {
      this.passed += Number(/(\d+) passed/.exec(plain)?.[1] ?? 0)
      this.failed += Number(/(\d+) failed/.exec(plain)?.[1] ?? 0)
    }
    if (FILE.test(plain) || plain === 'PASSED' || plain === 'FAILED') this.print()
    this.#held.push(line)
  }

  print() {
    if (this.#held.length > 0) console.log(this.#held.join('\n'))
    this.#held = []
  }
}

interface Result {
  code: number
  passed: number
  failed: number
}

function run(share: number, shares: number) {
  const output = new Output()
  const child = spawn(process.execPath, [...process.execArgv, TEST, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(process.stdout.hasColors?.() ? { FORCE_COLOR: '1' } : {}),
      TEST_SHARE: `${share}/${shares}`,
      DATA_DIR: join(DATA, `tests-${share}`),
    },
  })
  const silence = setTimeout(() => {
    output.take(`STUCK: no test of process ${share} has ended for ${SILENT_MS / 1000} s`)
    output.failed++
    child.kill()
    setTimeout(() => child.kill('SIGKILL'), 10_000).unref()
  }, SILENT_MS)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => {
      silence.refresh()
      output.take(line)
    })
  }
  return new Promise<Result>((resolve) => {
    child.on('close', (code) => {
      clearTimeout(silence)
      output.print()
      resolve({ code: code ?? 1, passed: output.passed, failed: output.failed })
    })
  })
}

const args = process.argv.slice(2)
const env = { ...(existsSync('.env') && parseEnv(readFileSync('.env', 'utf8'))), ...process.env }
/** Processes would disturb each other in a database that is given, and a choice of tests is soon done by one. */
const isOne = env.DATABASE_URL || args.some((argument) => argument.startsWith('-'))
const shares = isOne ? 1 : Math.min(availableParallelism(), MOST)
const began = performance.now()
const runs = await Promise.all(Array.from({ length: shares }, (_, i) => run(i + 1, shares)))
const sum = (key: 'passed' | 'failed') => runs.reduce((total, each) => total + each[key], 0)
const counts = [`${sum('passed')} passed`, ...(sum('failed') ? [`${sum('failed')} failed`] : [])]
const seconds = Math.round((performance.now() - began) / 1000)
console.log(`\nTests  ${counts.join(', ')}, in ${seconds} s`)
process.exitCode = runs.every(({ code }) => code === 0) ? 0 : 1
