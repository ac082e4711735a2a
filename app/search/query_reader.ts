import { halvesOf, type Part, type Understanding } from '#search/understanding/understanding'
import { CORRECTED, JOINED, SPELLED_ALIKE } from '#search/weights'
import type { IndexView, Interpretation } from '#search/search_index'
import type { Quantity } from '#search/understanding/quantity'

const NO_DOUBT = new Set<string>()

const BETWEEN_DIGIT_AND_LETTER = /(?<=\d)(?=\p{L})|(?<=\p{L})(?=\d)/gu

/** Interprets a query: as typed, corrected, or in part. */
export class QueryReader {
  readonly asTyped: Interpretation[]
  readonly amount: Quantity | null
  #parts: Part[]
  #words: string[]
  #doubtful: Promise<Set<string>> | null = null

  constructor(
    private view: Pick<IndexView, 'known' | 'misspelt'>,
    private understanding: Understanding,
    private text: string
  ) {
    const meaning = understanding.of(text)
    this.#parts = meaning.parts
    this.amount = meaning.quantity
    this.#words = typedWords(this.#parts)
    const read = [this.#parts, ...this.#joined()].map((reading) => whole(reading, NO_DOUBT))
    this.asTyped = [...read, ...this.#apart()]
  }

  get isEmpty() {
    return this.#parts.length === 0
  }

  /** With possible corrections of misspelt words; empty when there are none. */
  async forgiving(): Promise<Interpretation[]> {
    const [doubtful, known] = [await this.#misspelt(), await this.#knownWords()]
    const corrected = this.understanding.corrected(this.text, (word) => known.has(word))
    return [
      ...(doubtful.size > 0 ? [whole(this.#parts, doubtful)] : []),
      ...(corrected ? [{ ...whole(corrected, NO_DOUBT), weight: CORRECTED }] : []),
    ]
  }

  /** As many parts as possible, one interpretation per number; finally any single word. */
  async inPart(): Promise<Interpretation[]> {
    const all = whole(this.#parts, await this.#misspelt())
    const words = this.#words.map((word): Part => {
      return { alternatives: [{ words: [word], weight: 1, origin: 'typed' }] }
    })
    return [
      ...this.#parts.slice(1).map((_, at) => ({ ...all, least: this.#parts.length - 1 - at })),
      ...(words.length > this.#parts.length ? [{ ...all, parts: words, least: 1 }] : []),
    ]
  }

  /** Two words that may be one: `kit kat` is KitKat. The joined word must be known. */
  #joined(): Part[][] {
    const words = this.#words
    if (words.length !== this.#parts.length) return []
    return words.slice(1).map((word, at) => {
      const joined = { words: [words[at] + word], weight: JOINED, origin: 'joined' as const }
      return this.#parts.toSpliced(at, 2, { alternatives: [joined] })
    })
  }

  /** A number and letters that may be two words: `5star` is 5 Star. Counts as much as it would as one. */
  #apart(): Interpretation[] {
    const text = this.text.replace(BETWEEN_DIGIT_AND_LETTER, ' ')
    if (text === this.text) return []
    const { parts } = this.understanding.of(text)
    if (parts.length === 0 || typedWords(parts).join() === this.#words.join()) return []
    const weight = (SPELLED_ALIKE * this.#parts.length) / parts.length
    return [{ ...whole(parts, NO_DOUBT), weight }]
  }

  #misspelt() {
    return (this.#doubtful ??= this.view.misspelt(this.#words))
  }

  /** Which words are known, and which halves of the others. */
  async #knownWords() {
    const known = await this.view.known(this.#words)
    const others = this.#words.filter((word) => !known.has(word))
    return known.union(await this.view.known(others.flatMap(halvesOf).flat()))
  }
}

function typedWords(parts: Part[]): string[] {
  return parts.flatMap(({ alternatives }) => {
    return alternatives.find(({ origin }) => origin === 'typed')!.words
  })
}

/** All parts have to match. */
function whole(parts: Part[], doubtful: Set<string>): Interpretation {
  return { parts, least: parts.length, weight: 1, doubtful }
}
