import { LRUCache } from 'lru-cache'
import { bytesOf, MEGABYTE } from '#memory/size'

/** The text, its objects, and the answer of the API that is kept with these: each takes about as much. */
const FORMS = 3

/**
 * Memoises parsing of repeated texts; what was used least recently is parsed again. The objects are shared and must
 * not be changed.
 */
export class ParsedValues<T extends object> {
  #known: LRUCache<string, T>

  constructor(
    private parse: (text: string) => T,
    { bytes = 12 * MEGABYTE } = {}
  ) {
    const sizeCalculation = (_: T, text: string) => FORMS * bytesOf(text)
    this.#known = new LRUCache({ maxSize: bytes, sizeCalculation })
  }

  of(text: string): T {
    const known = this.#known.get(text)
    if (known) return known
    const parsed = this.parse(text)
    this.#known.set(text, parsed)
    return parsed
  }
}
