import { compareTexts, placeIn } from '#search/postgres/sorted'
import { Dictionary } from '#search/understanding/dictionary'
import { spellingKey } from '#search/understanding/spelling'

/** Keys of one letter are too unspecific. */
const SHORTEST_KEY = 2

/** A set of words with lookup by prefix, spelling and typing errors. */
export class Words {
  #dictionary = new Dictionary()
  #keys = new Map<string, string[]>()
  #sorted: string[] | null = null

  add(word: string) {
    if (!this.#dictionary.add(word)) return
    this.#sorted = null
    const key = spellingKey(word)
    if (key.length < SHORTEST_KEY) return
    const others = this.#keys.get(key)
    if (others) others.push(word)
    else this.#keys.set(key, [word])
  }

  has(word: string): boolean {
    return this.#dictionary.has(word)
  }

  spelled(word: string, key: string): string[] {
    const alike = this.#keys.get(key) ?? []
    return alike.length === 0 && this.has(word) ? [word] : alike
  }

  beginning(typed: string, limit: number): string[] {
    const sorted = (this.#sorted ??= [...this.#dictionary.all()].sort(compareTexts))
    const found = []
    for (let at = placeIn(sorted, (word) => word < typed); at < sorted.length; at++) {
      if (!sorted[at].startsWith(typed)) break
      found.push(sorted[at])
    }
    return found.sort((a, b) => a.length - b.length || compareTexts(a, b)).slice(0, limit)
  }

  near(typed: string, errors: number): { word: string; errors: number }[] {
    return this.#dictionary.near(typed, errors)
  }
}
