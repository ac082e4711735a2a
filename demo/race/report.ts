import { styleText } from 'node:util'
import type { Scenario } from './scenario.js'
import type { Tally, Watch } from './watch.js'

/** A scenario with what both caches answered in it. */
export interface Outcome {
  scenario: Scenario
  watch: Watch
}

const NAME = 26
const TIME = 10
const COUNT = 14

export const rupees = (paise: number) => `₹${paise / 100}`

const number = (value: number) => value.toLocaleString('en')

/** How long a cache was wrong, as it is measured: to the tenth of a second. */
export function wrongTime({ wrong, wrongFor }: Tally) {
  if (wrong === 0) return 'never'
  return wrongFor < 100 ? '< 0.1 s' : `${(wrongFor / 1_000).toFixed(1)} s`
}

export const wrongAnswers = ({ wrong, answers }: Tally) => `${number(wrong)} of ${number(answers)}`

/** Colours without effect where the terminal has none, or `NO_COLOR` is set. */
export const soft = (text: string) => styleText('dim', text, { stream: process.stdout })
export const strong = (text: string) => styleText('bold', text, { stream: process.stdout })
export const good = (text: string) => styleText('green', text, { stream: process.stdout })
export const bad = (text: string) => styleText('red', text, { stream: process.stdout })

/** The table at the end, at most 80 columns wide. */
export function table(outcomes: Outcome[]) {
  const head = 'wrong for'.padStart(TIME) + 'wrong answers'.padStart(COUNT + 2)
  const cells = (tally: Tally) => {
    const text = wrongTime(tally).padStart(TIME) + wrongAnswers(tally).padStart(COUNT + 2)
    return tally.wrong === 0 ? good(text) : bad(text)
  }
  return [
    strong(
      ''.padEnd(NAME) +
        'usual cache'.padStart(TIME + COUNT + 2) +
        'this one'.padStart(TIME + COUNT + 2)
    ),
    strong('scenario'.padEnd(NAME) + head + head),
    ...outcomes.map(({ scenario, watch }) => {
      return scenario.title.padEnd(NAME) + cells(watch.usual) + cells(watch.ours)
    }),
  ].join('\n')
}
