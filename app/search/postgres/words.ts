import { compareTexts, placeIn } from '#search/postgres/sorted'
import { editDistance } from '#search/understanding/edit_distance'
import { spellingKey } from '#search/understanding/spelling'

interface Entry {
  word: string
  length: number
  /** Bitmap of letters: words that differ in too many cannot be similar. */
  letters: number
  typable: boolean
}

/** Keys of one letter are too unspecific. */
const SHORTEST_KEY = 2

/** A set of words with lookup by prefix, spelling and typing errors. */
export class Words {
  #entries = new Map<string, Entry>()
  #keys = new Map<string, string[]>()
  #sorted: string[] | null = null

  add(word: string) {
    if (this.#entries.has(word)) return
    const length = [...word].length
    const typable = length > 2 && !/\p{N}/u.test(word)
    this.#entries.set(word, { word, length, letters: lettersOf(word), typable })
    this.#sorted = null
    const key = spellingKey(word)
    if (key.length < SHORTEST_KEY) return
    const others = this.#keys.get(key)
    if (others) others.push(word)
    else this.#keys.set(key, [word])
  }

  has(word: string): boolean {
    return this.#entries.has(word)
  }

  spelled(word: string, key: string): string[] {
    const alike = this.#keys.get(key) ?? []
    return alike.length === 0 && this.has(word) ? [word] : alike
  }

  beginning(typed: string, limit: number): string[] {
    const sorted = (this.#sorted ??= [...this.#entries.keys()].sort(compareTexts))
    const found = []
    for (let at = placeIn(sorted, (word) => word < typed); at < sorted.length; at++) {
      if (!sorted[at].startsWith(typed)) break
      found.push(sorted[at])
    }
    return found.sort((a, b) => a.length - b.length || compareTexts(a, b)).slice(0, limit)
  }

  near(typed: string, errors: number): { word: string; errors: number }[] {
    const length = [...typed].length
    const letters = lettersOf(typed)
    const found = []
    for (const entry of this.#entries.values()) {
      if (!entry.typable || Math.abs(entry.length - length) > errors) continue
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
