/** A position in the primary's write-ahead log (an LSN) as an integer. Differences are bytes of log. */
export type Position = bigint

/** `'16/B374D848'` → the position. @throws RangeError when the text is not an LSN */
export function parsePosition(text: string): Position {
  const match = /^([0-9A-Fa-f]{1,8})\/([0-9A-Fa-f]{1,8})$/.exec(text)
  if (!match) throw new RangeError(`Not a position in the write-ahead log: ${text}`)
  return (BigInt(`0x${match[1]}`) << 32n) | BigInt(`0x${match[2]}`)
}

/** The position as PostgreSQL writes it, `'16/B374D848'`. */
export function formatPosition(position: Position): string {
  const high = (position >> 32n).toString(16).toUpperCase()
  const low = (position & 0xffffffffn).toString(16).toUpperCase()
  return `${high}/${low}`
}
