import { similarWords, type TypedWord } from '#search/postgres/candidates'
import { readingsOf, sayingsOf, typedWordsOf } from '#search/postgres/readings'
import { forgivenErrors } from '#search/understanding/edit_distance'
import type { Saying } from '#search/postgres/readings'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { Part, Understanding } from '#search/understanding/understanding'

/** How much a thing counts that a corrected word is the name of. */
const CORRECTED = 0.5

/** Reads one query with the words of the vocabulary: as it was typed, as it was perhaps meant, in part. */
export class Reader {
  #parts: Part[]

  constructor(
    private vocabulary: Vocabulary,
    private understanding: Understanding,
    private q: string
  ) {
    this.#parts = understanding.of(q).parts
  }

  get isEmpty(): boolean {
    return this.#parts.length === 0
  }

  /** The readings of what was typed, the surest first; each has to match as a whole. */
  asTyped(): TypedWord[][] {
    return [this.#parts, ...this.#joined()].flatMap((parts) => readingsOf(this.#sayings(parts)))
  }

  /** With the words that may have been meant, in what was typed and in what things are called. */
  forgiving(): TypedWord[][] {
    const typed = typedWordsOf(this.#parts, this.vocabulary)
    const forgiven = this.#forgiven(typed)
    const isRicher = forgiven.some((one, at) => one.candidates.length > typed[at].candidates.length)
    const corrected = this.understanding.corrected(this.q, (word) => this.#isKnown(word))
    return [
      ...(isRicher ? [forgiven] : []),
      ...(corrected ? readingsOf(this.#sayings(corrected)).map(lighter) : []),
    ]
  }

  /**
   * What to try when nothing matches all words: all that mean anything, then all but one of them, then any.
   * One reading of each list is enough.
   */
  inPart(): TypedWord[][][] {
    const sayings = this.#sayings(this.#parts).filter((each) => each.length > 0)
    const forgiven = this.#forgiven(typedWordsOf(this.#parts, this.vocabulary))
    const known = forgiven.filter(({ candidates }) => candidates.length > 0)
    const parts: Saying[][] = sayings.length > 0 ? sayings : known.map((word) => [[word]])
    const butOne = parts.length > 2 ? parts.map((_, at) => parts.toSpliced(at, 1)) : []
    return [
      readingsOf(parts),
      butOne.flatMap(readingsOf),
      parts.flatMap((part) => readingsOf([part])),
      known.map((word) => [word]),
    ].filter((readings) => readings.length > 0)
  }

  #forgiven(typed: TypedWord[]): TypedWord[] {
    return typed.map(({ word, candidates }) => {
      const known = this.vocabulary.near(word, forgivenErrors(word))
      const own = known.filter((one) => one.errors === 0).map((one) => one.names)
      const similar = similarWords(known, Math.max(0, ...own))
      const isNew = (one: (typeof similar)[number]) => {
        return !candidates.some((other) => other.kind === one.kind && other.word === one.word)
      }
      return { word, candidates: [...candidates, ...similar.filter(isNew)] }
    })
  }

  #sayings(parts: Part[]): Saying[][] {
    return parts.map((part) => sayingsOf(part, this.vocabulary))
  }

  /** Two words that products have written as one: `kit kat` is KitKat. It weighs as much as both. */
  #joined(): Part[][] {
    const typed = typedWordsOf(this.#parts, this.vocabulary)
    if (typed.length !== this.#parts.length) return []
    return typed.slice(1).flatMap(({ word }, at) => {
      const joined = typed[at].word + word
      if (!this.vocabulary.has('product', joined)) return []
      const alternative = { words: [joined], weight: 2, origin: 'joined' as const }
      return [this.#parts.toSpliced(at, 2, { alternatives: [alternative] })]
    })
  }

  #isKnown(word: string) {
    return this.vocabulary.spelled(word).length > 0
  }
}

function lighter(reading: TypedWord[]): TypedWord[] {
  return reading.map(({ word, candidates }) => ({
    word,
    candidates: candidates.map((one) => ({ ...one, weight: one.weight * CORRECTED })),
  }))
}
