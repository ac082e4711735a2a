import { withFractionsApart } from '#measures/typed_words'
import { Dictionary } from '#search/understanding/dictionary'
import { forgivenErrors } from '#search/understanding/edit_distance'
import { fold, wordsOf } from '#text/fold'
import { takeQuantity, type Quantity } from '#search/understanding/quantity'
import { isStopWord } from '#search/understanding/stop_words'
import { LONGEST_NAME } from '#search/understanding/synonym_file'
import type { Synonyms } from '#search/understanding/synonyms'

/** One way to express a part of a query; all its words must match. */
export interface Alternative {
  /** Folded. */
  words: string[]
  /** 1 for what was typed, less for synonyms. */
  weight: number
  /** `joined`: two typed words written as one. */
  origin: 'typed' | 'synonym' | 'joined'
}

/** One or more query words that mean one thing. */
export interface Part {
  /** What was typed, then its synonyms by weight. */
  alternatives: Alternative[]
}

/** What a query means, independent of language, script and spelling. */
export interface Meaning {
  /** In typed order; all must match. Empty for a text without words. */
  parts: Part[]
  /** The requested amount, which is not in `parts`; null for none. */
  quantity: Quantity | null
}

const MOST_PARTS = 6
const SHORTEST_HALF = 3
const WEIGHT_OF_SYNONYMS = 0.9

/**
 * Interprets a query without looking at the catalogue: folds words, drops stop words, extracts amounts and adds
 * synonyms. It knows Hindi so that engines need not: they search for the alternatives' words and words with the
 * same `spellingKey`.
 */
export class Understanding {
  #dictionary = new Dictionary()

  constructor(private synonyms: Synonyms) {
    for (const word of synonyms.words()) this.#dictionary.add(word)
  }

  of(text: string): Meaning {
    const { words, quantity } = this.#read(text)
    return { parts: this.#partsOf(words), quantity }
  }

  /**
   * The meaning with unknown words corrected to the nearest known ones, or split in two: `kidny beens` is kidney
   * beans, `goodday` is good day. Null when nothing was replaced.
   */
  corrected(text: string, isKnown: (word: string) => boolean): Part[] | null {
    const { words } = this.#read(text)
    const corrected = words.flatMap((word) => {
      if (isKnown(word) || this.#dictionary.has(word)) return word
      return splitInTwo(word, isKnown) ?? this.#nearest(word)
    })
    return corrected.join(' ') === words.join(' ') ? null : this.#partsOf(corrected)
  }

  #read(text: string) {
    const folded = fold(text)
    const { rest, quantity } = takeQuantity(fold(withFractionsApart(text)))
    const words = telling(wordsOf(rest))
    return { words: words.length > 0 ? words : wordsOf(folded), quantity }
  }

  #nearest(word: string): string {
    const near = this.#dictionary.near(word, forgivenErrors(word))
    const least = Math.min(...near.map(({ errors }) => errors))
    return near.find(({ errors }) => errors === least)?.word ?? word
  }

  #partsOf(words: string[]): Part[] {
    const parts: Part[] = []
    for (let at = 0; at < words.length && parts.length < MOST_PARTS;) {
      const { part, length } = this.#partAt(words, at)
      parts.push(part)
      at += length
    }
    return parts
  }

  /** The longest known name that starts here, otherwise the single word. */
  #partAt(words: string[], at: number): { part: Part; length: number } {
    for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length--) {
      const typed = words.slice(at, at + length)
      const synonyms = this.synonyms.of(typed)
      if (!synonyms) continue
      const others = synonyms.map(({ words: name, weight }) => {
        return { words: name, weight: weight * WEIGHT_OF_SYNONYMS, origin: 'synonym' as const }
      })
      return { part: partOf(typed, others), length }
    }
    return { part: partOf([words[at]], []), length: 1 }
  }
}

/** Ways to split a word in two, longest first half first. */
export function halvesOf(word: string): string[][] {
  const halves: string[][] = []
  for (let at = word.length - SHORTEST_HALF; at >= SHORTEST_HALF; at--) {
    halves.push([word.slice(0, at), word.slice(at)])
  }
  return halves
}

/** `goodday` → `good day`, if both are known. */
function splitInTwo(word: string, isKnown: (word: string) => boolean): string[] | null {
  return halvesOf(word).find((halves) => halves.every(isKnown)) ?? null
}

function partOf(typed: string[], others: Alternative[]): Part {
  const all: Alternative[] = [{ words: typed, weight: 1, origin: 'typed' }, ...others]
  return { alternatives: all.toSorted((a, b) => b.weight - a.weight) }
}

/** Distinct words without stop words. */
function telling(words: string[]): string[] {
  return [...new Set(words)].filter((word) => !isStopWord(word))
}
