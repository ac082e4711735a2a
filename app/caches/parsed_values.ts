/** Texts that are read again and again become objects once; those may not be changed. */
export class ParsedValues<T> {
  #known = new Map<string, T>()

  /** @param capacity how many texts are kept together with their objects */
  constructor(
    private parse: (text: string) => T,
    private capacity = 500
  ) {}

  of(text: string): T {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    const parsed = this.parse(text)
    if (this.#known.size >= this.capacity) this.#known.clear()
    this.#known.set(text, parsed)
    return parsed
  }
}
