import { LRUCache } from 'lru-cache'

/** Memoises parsing of repeated texts. The objects are shared and must not be changed. */
export class ParsedValues<T extends object> {
  #known: LRUCache<string, T>

  /** @param max number of entries kept */
  constructor(
    private parse: (text: string) => T,
    max = 500
  ) {
    this.#known = new LRUCache({ max })
  }

  of(text: string): T {
    const known = this.#known.get(text)
    if (known) return known
    const parsed = this.parse(text)
    this.#known.set(text, parsed)
    return parsed
  }
}
