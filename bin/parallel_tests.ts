/**
 * Runs the test suites named by its arguments in as many processes as there are processors, each with the database of
 * a data directory of its own and with its share of the files.
 */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { parseEnv } from 'node:util'

const MOST = 4
const TEST = join(import.meta.dirname, 'test.ts')
const DATA = process.env.DATA_DIR ?? '.data'

/** A line such as `unit / Money (tests/unit/money.spec.ts)`, which begins the tests of a file. */
const FILE = /^\S+ \/ .* \(.*\)$/
const TOTAL = /^Tests +(?:(?<passed>\d+) passed)?,? ?(?:(?<failed>\d+) failed)?/
// eslint-disable-next-line no-control-regex
const COLOURS = /\x1b\[[0-9;]*m/g

/** Prints the lines of several processes, those of a test file together. */
class Output {
  passed = 0
  failed = 0
  #held: string[] = []

  take(line: string) {
    const plain = line.replace(COLOURS, '').trim()
    const total = TOTAL.exec(plain)?.groups
    this.passed += Number(total?.passed ?? 0)
    this.failed += Number(total?.failed ?? 0)
    if (FILE.test(plain) || plain === 'PASSED' || plain === 'FAILED') this.print()
    this.#held.push(line)
  }

  print() {
    if (this.#held.length > 0) console.log(this.#held.join('\n'))
    this.#held = []
  }
}

function run(share: number, shares: number) {
  const output = new Output()
  const args = [...process.execArgv, TEST, ...process.argv.slice(2)]
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(process.stdout.hasColors?.() ? { FORCE_COLOR: '1' } : {}),
      TEST_SHARE: `${share}/${shares}`,
      DATA_DIR: join(DATA, `tests-${share}`),
    },
  })
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => output.take(line))
  }
  return new Promise<{ code: number; passed: number; failed: number }>((resolve) => {
    child.on('close', (code) => {
      output.print()
      resolve({ code: code ?? 1, passed: output.passed, failed: output.failed })
    })
  })
}

/** Processes would disturb each other in a database that is given. */
const { DATABASE_URL } = {
  ...(existsSync('.env') && parseEnv(readFileSync('.env', 'utf8'))),
  ...process.env,
}
const shares = DATABASE_URL ? 1 : Math.min(availableParallelism(), MOST)
const began = performance.now()
const runs = await Promise.all(Array.from({ length: shares }, (_, i) => run(i + 1, shares)))
const sum = (key: 'passed' | 'failed') => runs.reduce((total, each) => total + each[key], 0)
const counts = [`${sum('passed')} passed`, ...(sum('failed') ? [`${sum('failed')} failed`] : [])]
const seconds = Math.round((performance.now() - began) / 1000)
console.log(`\nTests  ${counts.join(', ')}, in ${seconds} s by ${shares} processes`)
process.exitCode = runs.every(({ code }) => code === 0) ? 0 : 1
