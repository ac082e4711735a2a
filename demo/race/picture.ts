import { wrongAnswers, wrongTime, type Outcome } from './report.js'
import type { Tally } from './watch.js'

const WIDTH = 760
const TOP = 74
const ROW = 58
const [USUAL, OURS] = [230, 590]
const LONGEST_BAR = 240

const STYLE = `
  text { font: 15px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1f2328 }
  .head { font-weight: 600 }
  .soft { font-size: 12.5px; fill: #59636e }
  .back { fill: #fff; stroke: #d1d9e0 }
  .bar { fill: #cf222e }
  .wrong { fill: #cf222e; font-weight: 600 }
  .right { fill: #1a7f37; font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc }
    .soft { fill: #9198a1 }
    .back { fill: #0d1117; stroke: #3d444d }
    .bar { fill: #f85149 }
    .wrong { fill: #ff7b72 }
    .right { fill: #3fb950 }
  }`

/** The table as SVG, with a bar for the time that the usual cache was wrong. */
export function picture(outcomes: Outcome[], { ttl, date }: { ttl: number; date: string }) {
  const longest = Math.max(...outcomes.map(({ watch }) => watch.usual.wrongFor), 1)
  const height = TOP + outcomes.length * ROW + 34
  const cell = (x: number, y: number, tally: Tally) => {
    const bar = Math.round((tally.wrongFor / longest) * LONGEST_BAR)
    return [
      text(x, y, wrongTime(tally), tally.wrong === 0 ? 'right' : 'wrong'),
      text(x + 72, y, wrongAnswers(tally), 'soft'),
      bar > 0 ? `<rect class="bar" x="${x}" y="${y + 8}" width="${bar}" height="8" rx="2"/>` : '',
    ]
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">`,
    `<style>${STYLE}</style>`,
    `<rect class="back" x=".5" y=".5" width="${WIDTH - 1}" height="${height - 1}" rx="6"/>`,
    text(USUAL, 32, 'usual cache', 'head'),
    text(USUAL, 50, `delete on event, TTL ${ttl} s`, 'soft'),
    text(OURS, 32, 'this one', 'head'),
    text(24, 32, 'how long a wrong price is shown', 'soft'),
    ...outcomes.flatMap(({ scenario, watch }, row) => {
      const y = TOP + row * ROW + 24
      return [text(24, y, scenario.title), cell(USUAL, y, watch.usual), cell(OURS, y, watch.ours)]
    }),
    text(
      24,
      height - 16,
      `npm run demo:race, ${date}. Beside the time: wrong answers of all, since only ₹60 was right`,
      'soft'
    ),
    '</svg>\n',
  ]
    .flat(2)
    .filter(Boolean)
    .join('\n')
}

function text(x: number, y: number, content: string, kind = '') {
  return `<text x="${x}" y="${y}"${kind && ` class="${kind}"`}>${content}</text>`
}
