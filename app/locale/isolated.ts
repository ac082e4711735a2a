import edge from 'edge.js'

const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u
const ISOLATE = '\u2068'
const POP = '\u2069'

/** In text without markup: what stands around a name that is written from right to left keeps its place. */
export function isolated<T>(value: T) {
  const turns = typeof value === 'string' && RIGHT_TO_LEFT.test(value)
  return turns ? `${ISOLATE}${value}${POP}` : value
}

/** The same in markup, and a name breaks anywhere (`app.css`). For texts that people typed. */
export function bdi(name: string | null | undefined) {
  const { escape, safe } = edge.globals.html
  return safe(`<bdi>${escape(name ?? '')}</bdi>`)
}

/** A message with a `bdi` in it comes in parts. */
export function joined(message: unknown) {
  const { escape, safe } = edge.globals.html
  return Array.isArray(message) ? safe(message.map(escape).join('')) : message
}
