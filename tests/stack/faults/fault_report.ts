import { mkdirSync, writeFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import type { Observations } from './observations.js'

/** One fault, with all times in milliseconds. */
export interface FaultOutcome {
  name: string
  outage: number
  recovery: number
  seen: Observations
  lost: number
}

const HEAD = [
  'fault',
  'outage',
  'failed steps',
  'slowest step',
  'oldest price shown',
  'recovered after',
  'lost',
]

/** Writes the table that docs/operations.md shows, and what failed, to `tmp/faults.md`. */
export function writeFaultReport(outcomes: FaultOutcome[]) {
  const rows = outcomes.map(({ name, outage, seen, recovery, lost }) => [
    name,
    seconds(outage),
    `${seen.failures.length} of ${seen.requests}`,
    seconds(seen.slowest),
    seconds(seen.stalest),
    seconds(recovery),
    lost ? `${lost}` : 'nothing',
  ])
  const lines = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`)
  for (const { name, seen } of outcomes) {
    for (const failure of new Set(seen.failures)) lines.push(`- ${name}: ${failure}\n`)
  }
  mkdirSync(app.makePath('tmp'), { recursive: true })
  writeFileSync(app.makePath('tmp/faults.md'), lines.join(''))
  console.log(`\n${lines.join('')}`)
}

function seconds(milliseconds: number) {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
