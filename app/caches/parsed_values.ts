import { LRUCache } from 'lru-cache'

/** Texts that are read again and again become objects once; those may not be changed. */
export class ParsedValues<T extends object> {
  #known: LRUCache<string, T>

  /** @param max how many texts are kept together with their objects */
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
