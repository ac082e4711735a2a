import { cpus } from 'node:os'
import type { compareProcesses } from './processes.js'
import type { freshness as measureFreshness } from './freshness.js'
import { nameOf, type Row } from './rows.js'
import type { statements as countStatements } from './statements.js'
import type { Measured } from './throughput.js'

const number = new Intl.NumberFormat('en')
const count = (value: number | null) => (value === null ? '–' : number.format(Math.round(value)))
const share = (value: number) => `${Math.round(value * 100)} %`
const fixed = (value: number) => (Number.isFinite(value) ? value.toFixed(2) : '–')

/** A Markdown table. */
export function table(head: string[], rows: string[][]) {
  const widths = head.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at].length)))
  const line = (cells: string[]) =>
    `| ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join(' | ')} |`
  const rule = widths.map((width, at) =>
    at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`
  )
  console.log([line(head), line(rule), ...rows.map(line)].join('\n') + '\n')
}

export function conditions(flags: Record<string, unknown>, isPinned: boolean) {
  const { model } = cpus()[0] ?? { model: 'unknown' }
  const where = isPinned ? 'pinned to core 0' : 'not pinned'
  console.log(
    `${cpus().length} cores (${model}) shared with the load, which is ${where}; Node ${process.version}; ` +
      `${flags.connections} connections, medians of ${flags.rounds} rounds of ${flags.seconds} s\n`
  )
}

export function progress({ what, perSecond, core }: Measured) {
  console.error(`› ${what}: ${count(perSecond)}/s, load ${share(core)} of its core`)
}

const aimOf = ({ aim }: Measured) => {
  if (aim === null) return '–'
  return aim <= 1 ? `${share(aim)} of bare API` : count(aim)
}

const ofBare = (row: Measured) => `${count(row.bare)} (${share(row.ratio)})`

export function pages(rows: Measured[]) {
  table(
    [
      'page',
      'before',
      'now/s',
      'aim',
      'p50 ms',
      'p99 ms',
      'CPU ms',
      'bytes',
      '304/s',
      'bare/s (share)',
      "load's core",
    ],
    rows.map((row) => [
      row.what,
      count(row.before),
      count(row.perSecond),
      aimOf(row),
      String(row.p50),
      String(row.p99),
      fixed(row.time),
      count(row.bytes),
      count(row.unchanged),
      ofBare(row),
      share(row.core),
    ])
  )
}

export function statements(counts: Awaited<ReturnType<typeof countStatements>>) {
  table(
    ['statements on the primary for a cached view', 'each'],
    counts.map(({ what, each }) => [what, String(each)])
  )
  for (const { what, asked } of counts) {
    if (asked.length > 0)
      console.error(`› ${what} asked:\n${asked.map((text) => `    ${text}`).join('\n')}`)
  }
}

export function freshness({
  streams,
  sent,
  answered,
}: Awaited<ReturnType<typeof measureFreshness>>) {
  table(
    [`an owner's price on a guest's page, ${streams} live streams`, 'p50 ms', 'p99 ms'],
    [
      ['after the owner sent it', String(sent.p50), String(sent.p99)],
      ['after the owner had the answer', String(answered.p50), String(answered.p99)],
    ]
  )
}

/** Pages that stand for the others when processes are compared. */
export const inProcesses = (row: Row) => {
  return [
    'guest /shops/{id}',
    'logged in /shops/{id}',
    'logged in /cart',
    'API /api/shops/?limit=10',
  ].includes(nameOf(row))
}

export function processes(rows: Awaited<ReturnType<typeof compareProcesses>>) {
  table(
    ['two processes against one', 'one/s', 'two/s', 'requests', 'CPU per request', "load's core"],
    rows.map((row) => [
      row.what,
      count(row.one),
      count(row.two),
      `× ${fixed(row.requests)}`,
      `× ${fixed(row.time)}`,
      share(row.core),
    ])
  )
}
