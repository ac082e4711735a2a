import { boundOf } from './bound.js'
import type { Sum } from './runs.js'

export const number = (value: number) => Math.round(value).toLocaleString('en')

type Row = [what: string, ours: number | string, usual: number | string]

/** What was counted, of this application and of the usual cache beside it. */
export function rowsOf({ ours, usual, orderProblems, contradictions }: Sum): Row[] {
  const none = '–'
  return [
    ['reads (one per response)', ours.reads, usual.reads],
    ['… of the API, as JSON', ours.json, usual.json],
    ['… of pages, as HTML', ours.html, none],
    ['values checked in them', ours.values, usual.values],
    ['reads within a second of a change to the shop', ours.inWake, usual.inWake],
    ['**reads without an own write**', ours.ownWritesMissing, usual.ownWritesMissing],
    ['**reads older than an earlier one**', ours.wentBack, usual.wentBack],
    ['**reads of what nobody wrote**', ours.invented, usual.invented],
    ['**pages that differ after quiet**', ours.differing, usual.differing],
    ['**orders lost or doubled**', orderProblems, none],
    ['**stocks and khatas no order of calls explains**', contradictions, none],
    ['oldest value shown, ms', ours.longestStaleness, usual.longestStaleness],
    ['requests refused (503, 429 …)', ours.refused, usual.refused],
    ['requests without an answer', ours.unanswered, none],
  ]
}

/** What follows from the figures, in a sentence or two. */
export function conclusion({ ours: { reads }, violations }: Sum) {
  const bound = boundOf(reads, violations)
  if (bound === null) return `${number(violations)} violations in ${number(reads)} reads.`
  return (
    `0 violations in ${number(reads)} reads: with 95 %, fewer than 3/${number(reads)} = ` +
    `${bound.toExponential(1)} of reads break a promise under such load and faults. This takes reads for independent ` +
    'of each other, which they are not: the figure bounds what was exercised, no more.'
  )
}

/** The report of a run for the terminal. */
export function textOf(sum: Sum) {
  const cells = rowsOf(sum).map(([what, ...values]) => [
    what.replaceAll('**', ''),
    ...values.map((value) => (typeof value === 'number' ? number(value) : value)),
  ])
  const table = [['', 'this application', 'SET and DEL'], ...cells].map(
    ([what, ours, usual]) => `  ${what.padEnd(50)}${ours.padStart(18)}${usual.padStart(14)}`
  )
  const faults = [...sum.faults].map(
    ([name, { times, reads }]) =>
      `  ${name.padEnd(50)}${number(times).padStart(18)}${number(reads).padStart(14)}`
  )
  return [
    `${number(sum.seconds)} s in ${sum.pieces === 1 ? 'one piece' : `${sum.pieces} pieces`}, ` +
      `${number(sum.ours.reads / sum.seconds)} reads a second; ${number(sum.priceChanges)} price changes, ` +
      `${number(sum.orders)} orders, ${number(sum.calls)} calls to stocks and khatas, ${sum.rounds} quiet moments`,
    ...table,
    `  ${'faults'.padEnd(50)}${'times'.padStart(18)}${'reads'.padStart(14)}`,
    ...faults,
    `  ${'in all'.padEnd(50)}${number(sum.faultCount).padStart(18)}${number(sum.readsInFaults).padStart(14)}`,
    conclusion(sum),
  ].join('\n')
}
