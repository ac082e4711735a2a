import { isAny } from '#search/elasticsearch/answers'
import { knownBody } from '#search/elasticsearch/query'
import { forgivenErrors } from '#search/understanding/edit_distance'
import { halvesOf } from '#search/understanding/understanding'
import type { Reading } from '#search/elasticsearch/matching'
import type { SearchSession } from '#search/elasticsearch/session'
import type { Part, Understanding } from '#search/understanding/understanding'

/** How much a thing counts that a corrected word is the name of. */
const CORRECTED = 0.5

const NO_DOUBT = new Set<string>()

/** Reads one text: as it was typed, as it was perhaps meant, in part. */
export class QueryReader {
  #parts: Part[]
  #known: Promise<Set<string>> | null = null

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

  /** Every word is right, though two may be written as one: `kit kat` is KitKat. */
  asTyped(): Reading[] {
    return [this.#parts, ...this.#joined()].map((parts) => {
      return this.#reading(parts, parts.length, NO_DOUBT)
    })
  }

  /** Words that no name has may be misspelt; nothing when there are none. */
  async forgiving(): Promise<Reading[]> {
    const doubtful = await this.#doubtful()
    const known = await this.#knownWords()
    const corrected = this.understanding.corrected(this.text, (word) => known.has(word))
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

  /** It weighs as much as two words, and has to be there as it is: `masala aa` are no masalas. */
  #joined(): Part[][] {
    const words = this.#words
    if (words.length !== this.#parts.length) return []
    return words.slice(1).map((word, at) => {
      const joined = { words: [words[at] + word], weight: 2, origin: 'joined' as const }
      return this.#parts.toSpliced(at, 2, { alternatives: [joined] })
    })
  }

  /** Words in which an error may be forgiven, because nothing is called so. */
  async #doubtful() {
    const known = await this.#knownWords()
    return new Set(this.#words.filter((word) => forgivenErrors(word) > 0 && !known.has(word)))
  }

  #knownWords() {
    this.#known ??= this.#askForKnown()
    return this.#known
  }

  /** Which of the words something has in its name, and which halves of the others. */
  async #askForKnown() {
    const known = await this.#haveNames(this.#words)
    const others = this.#words.filter((word) => !known.has(word))
    return known.union(await this.#haveNames(others.flatMap(halvesOf).flat()))
  }

  async #haveNames(words: string[]): Promise<Set<string>> {
    const distinct = [...new Set(words)]
    if (distinct.length === 0) return new Set()
    const answers = await this.session.ask(
      distinct.map((word) => ({ table: 'search_names', body: knownBody(word) }))
    )
    return new Set(distinct.filter((_, at) => isAny(answers[at])))
  }

  #reading(parts: Part[], least: number, doubtful: Set<string>, weight = 1): Reading {
    return { parts, least, weight, doubtful }
  }
}
