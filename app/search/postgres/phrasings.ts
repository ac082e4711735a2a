import { bestCandidates, weightOfBeginning } from '#search/postgres/candidates'
import type { Candidate, TypedWord } from '#search/postgres/candidates'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { Interpretation } from '#search/search_index'
import type { Alternative, Part } from '#search/understanding/understanding'

const BEGINNINGS_PER_KIND = 40
const MOST_PHRASINGS = 8

/** Expresses an interpretation in vocabulary words; results per part are memoised. */
export class Phrasings {
  #phrases = new Map<Set<string>, Map<Part, TypedWord[][]>>()
  #similar = new Map<string, Candidate[]>()

  constructor(private vocabulary: Vocabulary) {}

  /** Phrasings, most likely first; all words of one must match. */
  of({ parts, least, weight, doubtful }: Interpretation): TypedWord[][] {
    const known = this.#phrases.get(doubtful) ?? new Map<Part, TypedWord[][]>()
    this.#phrases.set(doubtful, known)
    const phrases = parts.map((part) => {
      const own = known.get(part) ?? this.#phrasesOf(part, doubtful)
      known.set(part, own)
      return own
    })
    return choices(
      phrases.filter(({ length }) => length > 0),
      least
    )
      .flatMap(combined)
      .map((words) => words.map((word) => weighted(word, weight)))
  }

  async known(words: string[]) {
    return new Set(words.filter((word) => this.vocabulary.spelled(word).length > 0))
  }

  async misspelt(words: string[]) {
    return new Set(words.filter((word) => this.similar(word).length > 0))
  }

  /** Vocabulary words similar to a misspelt one. */
  similar(word: string): Candidate[] {
    const similar = this.#similar.get(word) ?? this.vocabulary.similar(word)
    this.#similar.set(word, similar)
    return similar
  }

  /**
   * Phrasings of one part, most likely first. Single-word alternatives share one phrasing; a multi-word
   * alternative is its own phrasing, with the total weight of one word.
   */
  #phrasesOf({ alternatives }: Part, doubtful: Set<string>): TypedWord[][] {
    const candidates = (alternative: Alternative, at: number) => {
      return bestCandidates(this.#candidatesOf(alternative, at, doubtful))
    }
    const single = alternatives.filter(({ words }) => words.length === 1)
    const together = bestCandidates(single.flatMap((one) => candidates(one, 0)))
    const isKnown = (word: string) => single.some(({ words }) => words[0] === word)
    const several = alternatives
      .filter(({ words, origin }) => {
        return words.length > 1 && (origin === 'typed' || !words.some(isKnown))
      })
      .map((one) => {
        return one.words.map((word, at) => {
          return weighted({ word, candidates: candidates(one, at) }, 1 / one.words.length)
        })
      })
    const all = [together.length > 0 ? [{ word: single[0].words[0], candidates: together }] : []]
    return [...all, ...several]
      .filter((phrase) => phrase.length > 0 && phrase.every(({ candidates: of }) => of.length > 0))
      .sort((a, b) => weightOf(b) - weightOf(a))
  }

  /** Synonyms are product names: their spelling may vary, but they are whole words. */
  #candidatesOf({ words, weight, origin }: Alternative, at: number, doubtful: Set<string>) {
    const { vocabulary } = this
    const word = words[at]
    if (origin === 'joined') {
      return vocabulary.has('product', word) ? [{ kind: 'product' as const, word, weight }] : []
    }
    const spelled = vocabulary.spelled(word).map((one) => ({ ...one, weight: one.weight * weight }))
    if (origin === 'synonym') return spelled.filter(({ kind }) => kind === 'product')
    const begun = vocabulary.beginning(word, BEGINNINGS_PER_KIND).map((one) => {
      return { ...one, weight: weightOfBeginning(word, one.word) }
    })
    return [...spelled, ...begun, ...(doubtful.has(word) ? this.similar(word) : [])]
  }
}

/** All combinations of the parts' phrasings. */
function combined(parts: TypedWord[][][]): TypedWord[][] {
  let phrasings: TypedWord[][] = [[]]
  for (const phrases of parts) {
    phrasings = phrasings
      .flatMap((phrasing) => phrases.map((phrase) => [...phrasing, ...phrase]))
      .slice(0, MOST_PHRASINGS)
  }
  return parts.length > 0 ? phrasings : []
}

/** All combinations of `count` items, in order. */
function choices<Item>(items: Item[], count: number): Item[][] {
  if (count === 0) return [[]]
  return items.flatMap((item, at) => {
    return choices(items.slice(at + 1), count - 1).map((others) => [item, ...others])
  })
}

function weighted({ word, candidates }: TypedWord, weight: number): TypedWord {
  if (weight === 1) return { word, candidates }
  return { word, candidates: candidates.map((one) => ({ ...one, weight: one.weight * weight })) }
}

function weightOf(phrase: TypedWord[]): number {
  return phrase.reduce((sum, { candidates }) => sum + candidates[0].weight, 0)
}
