export const KILOBYTE = 1024
export const MEGABYTE = 1024 * KILOBYTE

/** Objects and collections around an entry. */
const AROUND = 200

/** What texts take in memory at most: V8 stores a text with Devanagari in two bytes a character. */
export function bytesOf(...texts: string[]): number {
  return AROUND + 2 * texts.reduce((sum, { length }) => sum + length, 0)
}
