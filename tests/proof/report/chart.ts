import { STALENESS } from '../history/tally.js'

const WIDTH = 860
const HEIGHT = 420
const LEFT = 98
const RIGHT = 16
const TOP = 84
const BOTTOM = 74
const PLOT_WIDTH = WIDTH - LEFT - RIGHT
const PLOT_HEIGHT = HEIGHT - TOP - BOTTOM
/** Lowest share shown, as a power of ten. */
const LOWEST_POWER = -8

interface Series {
  name: string
  className: string
  reads: number
  staleness: number[]
}

const LABELS = [
  'fresh',
  ...STALENESS.slice(1).map((end) => (end < 1_000 ? `${end} ms` : `${end / 1_000} s`)),
  'more',
]

/**
 * How old what was shown is: for each column of `STALENESS` the share of reads, on a logarithmic scale, of two ways to serve
 * pages. Readable on light and dark ground.
 */
export function chartOf(series: Series[]) {
  const column = PLOT_WIDTH / LABELS.length
  const bar = (column * 0.8) / series.length
  const bars = series.flatMap(({ className, name, reads, staleness }, which) =>
    staleness.flatMap((count, index) => {
      if (count === 0) return []
      const share = count / reads
      const height = heightOf(share)
      const [x, y] = [
        LEFT + index * column + column * 0.1 + which * bar,
        TOP + PLOT_HEIGHT - height,
      ]
      const title = `${name}, ${LABELS[index]}: ${count.toLocaleString('en')} of ${reads.toLocaleString('en')}`
      return `<rect class="${className}" ${box(x, y, bar, height)}><title>${title}</title></rect>`
    })
  )
  const lines = powers().map((power) => {
    const y = TOP + PLOT_HEIGHT - heightOf(10 ** power)
    return (
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${round(y)}" y2="${round(y)}"/>` +
      `<text class="soft" x="${LEFT - 8}" y="${round(y + 4)}" text-anchor="end">${shareText(power)}</text>`
    )
  })
  const labels = LABELS.map((label, index) => {
    const x = LEFT + (index + 0.5) * column
    return `<text class="soft" x="${round(x)}" y="${TOP + PLOT_HEIGHT + 18}" text-anchor="middle">${label}</text>`
  })
  const legend = series.map(({ className, name }, index) => {
    const x = LEFT + index * 240
    return `<rect class="${className}" ${box(x, 46, 14, 14)}/><text x="${x + 22}" y="58">${name}</text>`
  })
  const middle = LEFT + PLOT_WIDTH / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">
<title id="title">How old what readers were shown was</title>
<desc id="description">${describe(series)}</desc>
<style>
text { font: 13px system-ui, sans-serif; fill: #1c1c1c }
.heading { font-size: 17px; font-weight: 600 }
.soft { font-size: 11.5px; fill: #595959 }
.grid { stroke: #d0d0d0 }
.ours { fill: #0b6e4f }
.usual { fill: #d9822b }
@media (prefers-color-scheme: dark) {
text { fill: #ececec }
.soft { fill: #b0b0b0 }
.grid { stroke: #4a4a4a }
.ours { fill: #4cc38a }
.usual { fill: #f0a35c }
}
</style>
<text class="heading" x="${LEFT}" y="28">How old what readers were shown was</text>
${legend.join('\n')}
${lines.join('\n')}
${bars.join('\n')}
${labels.join('\n')}
<text x="${middle}" y="${HEIGHT - 18}" text-anchor="middle">up to how long something newer had been stored when the reader asked</text>
<text transform="translate(18 ${TOP + PLOT_HEIGHT / 2}) rotate(-90)" text-anchor="middle">share of reads, logarithmic</text>
</svg>
`
}

/** The chart in a sentence for each series. */
export function describe(series: Series[]) {
  return series
    .map(({ name, reads, staleness }) => {
      const last = staleness.findLastIndex((count) => count > 0)
      const fresh = ((100 * staleness[0]) / reads).toFixed(2)
      return `${name}: ${fresh} % of reads had the newest values, the oldest were in column “${LABELS[last]}”.`
    })
    .join(' ')
}

const powers = () => Array.from({ length: 1 - LOWEST_POWER }, (_, index) => LOWEST_POWER + index)

function heightOf(share: number) {
  return PLOT_HEIGHT * Math.max(0.01, 1 - Math.log10(share) / LOWEST_POWER)
}

function shareText(power: number) {
  return `${(100 * 10 ** power).toFixed(Math.max(0, -power - 2))} %`
}

function box(x: number, y: number, width: number, height: number) {
  return `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`
}

const round = (value: number) => Math.round(value * 10) / 10
