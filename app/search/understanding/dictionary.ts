import { editDistance } from '#search/understanding/edit_distance'

interface Entry {
  word: string
  length: number
  /** Bitmap of letters: words that differ in too many cannot be similar. */
  letters: number
}

/** A set of words with lookup by typing errors. */
export class Dictionary {
  #words = new Set<string>()
  #typable: Entry[] = []

  /** @returns whether it is new */
  add(word: string): boolean {
    if (this.#words.has(word)) return false
    this.#words.add(word)
    const length = [...word].length
    if (length > 2 && !/\p{N}/u.test(word)) {
      this.#typable.push({ word, length, letters: lettersOf(word) })
    }
    return true
  }

  has(word: string): boolean {
    return this.#words.has(word)
  }

  all(): Iterable<string> {
    return this.#words
  }

  near(typed: string, errors: number): { word: string; errors: number }[] {
    const length = [...typed].length
    const letters = lettersOf(typed)
    const found = []
    for (const entry of this.#typable) {
      if (Math.abs(entry.length - length) > errors) continue
      if (bits(entry.letters ^ letters) > 2 * errors) continue
      const distance = editDistance(typed, entry.word, errors)
      if (distance <= errors) found.push({ word: entry.word, errors: distance })
    }
    return found
  }
}

function lettersOf(word: string): number {
  let letters = 0
  for (const letter of word) letters |= 1 << (letter.codePointAt(0)! & 31)
  return letters
}

/** Number of set bits. */
function bits(number: number): number {
  number -= (number >>> 1) & 0x55555555
  number = (number & 0x33333333) + ((number >>> 2) & 0x33333333)
  return (((number + (number >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
