import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { STALENESS } from '../history/tally.js'
import { chartOf, describe } from './chart.js'
import { readPieces, sumOf, type Sum } from './runs.js'
import { conclusion, number, rowsOf } from './text.js'

const BEGIN = '<!-- figures: written by `npm run proof -- --report` -->'
const END = '<!-- end of the figures -->'
const CHART = 'staleness.svg'
/** Reads that were to be published. */
const AIM = 30_000_000

/**
 * Writes the figures of a page, and its chart, from all pieces.
 *
 * @param runs the file with one piece a line; the chart is beside it
 * @throws Error when there is no piece, or the page has no place for figures
 */
export async function writePage(page: string, runs: string) {
  const pieces = readPieces(runs)
  if (pieces.length === 0) throw new Error(`${runs} has no piece yet`)
  const text = readFileSync(page, 'utf8')
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)]
  if (from < 0 || to < from) throw new Error(`${page} has no place for figures`)
  const sums = (['embedded', 'stack'] as const)
    .map((on) => [on, pieces.filter((piece) => piece.on === on)] as const)
    .filter(([, own]) => own.length > 0)
    .map(([on, own]) => [on, sumOf(own)] as const)
  const whole = sumOf(pieces)
  const series = [
    { name: 'this application', className: 'ours', ...whole.ours },
    { name: 'SET and DEL, TTL 60 s', className: 'usual', ...whole.usual },
  ]
  writeFileSync(join(dirname(runs), CHART), chartOf(series))
  const first = pieces[0].date.slice(0, 10)
  const last = pieces.at(-1)!.date.slice(0, 10)
  const figures = [
    BEGIN,
    `${whole.pieces} pieces, ${first === last ? first : `${first} to ${last}`}, commits ${listOf(pieces.map(({ commit }) => `\`${commit}\``))}.`,
    conclusion(whole),
    aimText(whole),
    ...sums.flatMap(([on, sum]) => sectionOf(on, sum)),
    '### How old what was shown was',
    `![${describe(series)}](proof/${CHART})`,
    stalenessTable(series),
    END,
  ].join('\n\n')
  const config = await resolveConfig(page)
  const filled = text.slice(0, from) + figures + text.slice(to + END.length)
  writeFileSync(page, await format(filled, { ...config, filepath: page }))
}

function aimText({ ours: { reads } }: Sum) {
  if (reads >= AIM) return `The aim of ${number(AIM)} reads is reached.`
  return (
    `**The aim is ${number(AIM)} reads; these are ${number(reads)}, ${number((100 * reads) / AIM)} % of it.** ` +
    'Each further piece adds its line.'
  )
}

function sectionOf(on: 'embedded' | 'stack', sum: Sum) {
  const cell = (value: number | string) => (typeof value === 'number' ? number(value) : value)
  const title =
    on === 'embedded'
      ? '### Embedded: caches in memory, feeds from the log'
      : '### On the stack: Redis, Kafka, HAProxy'
  const rows = rowsOf(sum).map(([what, ...values]) => [what, ...values.map(cell)])
  const faults = [...sum.faults].map(([name, { times, reads }]) => [
    name,
    number(times),
    number(reads),
  ])
  return [
    title,
    `${number(sum.seconds / 60)} minutes, ${number(sum.ours.reads / sum.seconds)} reads a second, ` +
      `${number(sum.priceChanges)} price changes, ${number(sum.orders)} orders, ${number(sum.calls)} calls to ` +
      `stocks and khatas, ${number(sum.rounds)} quiet moments.`,
    table(['', 'this application', 'SET and DEL, TTL 60 s'], rows),
    table(
      ['fault', 'times', 'reads while it lasted'],
      [
        ...faults,
        [
          '**in all; reads during several count once**',
          number(sum.faultCount),
          number(sum.readsInFaults),
        ],
      ]
    ),
  ]
}

function stalenessTable(series: { name: string; reads: number; staleness: number[] }[]) {
  const rows = [...STALENESS, Number.POSITIVE_INFINITY].map((end, index) => {
    const label =
      index === 0
        ? 'the newest'
        : end === Number.POSITIVE_INFINITY
          ? 'more'
          : `up to ${number(end)} ms`
    return [label, ...series.map(({ staleness }) => number(staleness[index]))]
  })
  return table(['something newer was stored since', ...series.map(({ name }) => name)], rows)
}

function table(head: string[], rows: string[][]) {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

function listOf(texts: string[]) {
  return [...new Set(texts)].join(', ')
}
