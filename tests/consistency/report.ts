import type { Outcome } from './scenario.js'
import type { Findings } from './checker.js'

const ROWS: [string, (findings: Findings) => number][] = [
  ['page reads', ({ reads }) => reads],
  ["reads without the session's own write", ({ staleOwnWrites }) => staleOwnWrites],
  ['reads older than an earlier one', ({ nonMonotonicReads }) => nonMonotonicReads],
  ['products that differ after quiet', ({ differingAfterQuiet }) => differingAfterQuiet],
  ['oldest value shown, ms', ({ longestStaleness }) => Math.round(longestStaleness)],
]

/** The outcome as text: what happened, then both systems side by side. */
export function report({ seed, seconds, writes, chaos, ours, naive }: Outcome) {
  const faults = [...chaos].map(([name, times]) => `${name} ${times}×`).join(', ')
  const line = (name: string, left: string, right: string) =>
    `  ${name.padEnd(40)}${left.padStart(18)}${right.padStart(14)}`
  return [
    `${seconds} s, ${writes} writes, seed ${seed}; ${faults}`,
    line('', ours.name, naive.name),
    ...ROWS.map(([name, value]) => {
      const [left, right] = [ours, naive].map(({ findings }) =>
        value(findings).toLocaleString('en')
      )
      return line(name, left, right)
    }),
    ...ours.findings.examples.map((example) => `  wrong: ${example}`),
  ].join('\n')
}
