import { knownBody, type Reading } from '#search/elasticsearch/query'
import { forgivenErrors } from '#search/understanding/edit_distance'
import { TABLES } from '#search/elasticsearch/documents'
import type { SearchSession } from '#search/elasticsearch/session'
import type { Part, Understanding } from '#search/understanding/understanding'

/** How much a thing counts that a corrected word is the name of. */
const CORRECTED = 0.5

const NO_DOUBT = new Set<string>()

/** Reads one text: as it was typed, as it was perhaps meant, in part. */
export class QueryReader {
  #parts: Part[]
  #known: Promise<(word: string) => boolean> | null = null

  constructor(
    private session: SearchSession,
    private understanding: Understanding,
    private text: string
  ) {
    this.#parts = understanding.of(text).parts
  }

  get isEmpty() {
    return this.#parts.length === 0
  }

  /** Every word is right. */
  asTyped(): Reading[] {
    return [this.#reading(this.#parts, this.#parts.length, NO_DOUBT)]
  }

  /** Words that no name has may be misspelt; nothing when there are none. */
  async forgiving(): Promise<Reading[]> {
    const doubtful = await this.#doubtful()
    const isKnown = await this.#knownWords()
    const corrected = this.understanding.corrected(this.text, isKnown)
    return [
      ...(doubtful.size > 0 ? [this.#reading(this.#parts, this.#parts.length, doubtful)] : []),
      ...(corrected ? [this.#reading(corrected, corrected.length, NO_DOUBT, CORRECTED)] : []),
    ]
  }

  /** As many of the parts as possible, one reading for each number; at last any word of them. */
  async inPart(): Promise<Reading[]> {
    const doubtful = await this.#doubtful()
    const fewer = this.#parts
      .map((_, at) => this.#parts.length - 1 - at)
      .filter((least) => least > 0)
    const words = this.#words.map((word): Part => {
      return { alternatives: [{ words: [word], weight: 1, origin: 'typed' }] }
    })
    return [
      ...fewer.map((least) => this.#reading(this.#parts, least, doubtful)),
      ...(words.length > this.#parts.length ? [this.#reading(words, 1, doubtful)] : []),
    ]
  }

  get #words() {
    return this.#parts.flatMap(({ alternatives }) => {
      return alternatives.find(({ origin }) => origin === 'typed')!.words
    })
  }

  /** Words in which an error may be forgiven, because nothing is called so. */
  async #doubtful() {
    const isKnown = await this.#knownWords()
    return new Set(this.#words.filter((word) => forgivenErrors(word) > 0 && !isKnown(word)))
  }

  #knownWords() {
    this.#known ??= this.#askForKnown()
    return this.#known
  }

  async #askForKnown() {
    const words = [...new Set(this.#words)]
    const searches = words.flatMap((word) => {
      return TABLES.map((table) => ({ table, body: knownBody(word) }))
    })
    const answers = await this.session.ask(searches)
    const known = words.filter((_, at) => {
      return TABLES.some((__, table) => totalOf(answers[at * TABLES.length + table]) > 0)
    })
    return (word: string) => known.includes(word)
  }

  #reading(parts: Part[], least: number, doubtful: Set<string>, weight = 1): Reading {
    return { parts, least, weight, doubtful }
  }
}

function totalOf({ hits }: { hits: { total?: number | { value: number } } }) {
  return typeof hits.total === 'object' ? hits.total.value : (hits.total ?? 0)
}
