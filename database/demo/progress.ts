import type { SeedProgress } from './seeder.js'

const WIDTH = 30

/** A progress line, `products ███████░░░░░░░ 52 % 5,200 of 10,000`. */
export function progressLine({ table, done, total }: SeedProgress) {
  const share = total === 0 ? 1 : Math.min(1, done / total)
  const filled = Math.round(share * WIDTH)
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled)
  const percent = String(Math.floor(share * 100)).padStart(3)
  return `${table.padEnd(8)} ${bar} ${percent} % ${format(done)} of ${format(total)}`
}

/** Throttles progress lines where they cannot be redrawn: one per finished table, and one every few seconds. */
export function createProgressPace(milliseconds = 5000, now = () => performance.now()) {
  let last = now()
  return ({ done, total }: SeedProgress) => {
    if (done < total && now() - last < milliseconds) return false
    last = now()
    return true
  }
}

function format(number: number) {
  return number.toLocaleString('en-IN')
}
