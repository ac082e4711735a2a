/**
 * Damerau-Levenshtein (optimal string alignment) distance: letters deleted, inserted, replaced, or neighbours
 * swapped. Letters are code points, so a Hindi vowel sign counts as one.
 *
 * @returns the distance, or Infinity when it exceeds `limit`
 */
export function editDistance(left: string, right: string, limit: number): number {
  const a = [...left]
  const b = [...right]
  if (Math.abs(a.length - b.length) > limit) return Infinity
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1)
    }
    if (Math.min(...row) > limit) return Infinity
    beforeLast = last
    last = row
  }
  return last[b.length] <= limit ? last[b.length] : Infinity
}

/** Typing errors forgiven in a word; none in numbers. */
export function forgivenErrors(word: string): 0 | 1 | 2 {
  const { length } = [...word]
  if (length < 3 || /\p{N}/u.test(word)) return 0
  return length < 6 ? 1 : 2
}
