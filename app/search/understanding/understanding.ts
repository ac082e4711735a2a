import { editDistance, forgivenErrors } from '#search/understanding/edit_distance'
import { fold, wordsOf } from '#search/understanding/fold'
import { takeQuantity, type Quantity } from '#search/understanding/quantity'
import { isStopWord } from '#search/understanding/stop_words'
import { LONGEST_NAME, type Synonyms } from '#search/understanding/synonyms'

/** One way to say a part of a query: words that all have to be in what is found. */
export interface Alternative {
  /** Folded. */
  words: string[]
  /** 1 for what was typed, less for what it may stand for. */
  weight: number
  /** `joined` are two words that were typed, written as one. */
  origin: 'typed' | 'synonym' | 'joined'
}

/** One or several words of a query that mean one thing. */
export interface Part {
  /** What was typed comes first, and then other names of it, the surest first. */
  alternatives: Alternative[]
}

/** What somebody wants, whatever the language, the script and the spelling. */
export interface Meaning {
  /** In the order in which they were typed; all of them have to match. Empty for a text without words. */
  parts: Part[]
  /** The amount that was asked for, which is in no part; null when none was. */
  quantity: Quantity | null
}

const MOST_PARTS = 6
const SHORTEST_HALF = 3
const WEIGHT_OF_SYNONYMS = 0.9

/**
 * Says what a text means, without looking at what there is: words are folded, words like `ka` left out,
 * amounts set apart, and other names added. It knows Hindi so that engines need not: they look for the
 * words of the alternatives, and for each word also for those with the same `spellingKey`.
 */
export class Understanding {
  #dictionary: string[]

  constructor(private synonyms: Synonyms) {
    this.#dictionary = [...synonyms.words()]
  }

  of(text: string): Meaning {
    const { words, quantity } = this.#read(text)
    return { parts: this.#partsOf(words), quantity }
  }

  /**
   * What the text means when the words that nobody knows are replaced by the nearest ones of which things
   * have names, or by two that were written as one: `kidny beens` are kidney beans, `goodday` is good day.
   * Null when there is nothing to replace.
   */
  corrected(text: string, isKnown: (word: string) => boolean): Part[] | null {
    const { words } = this.#read(text)
    const corrected = words.flatMap((word) => {
      if (isKnown(word) || this.#dictionary.includes(word)) return word
      return splitInTwo(word, isKnown) ?? this.#nearest(word)
    })
    return corrected.join(' ') === words.join(' ') ? null : this.#partsOf(corrected)
  }

  #read(text: string) {
    const folded = fold(text)
    const { rest, quantity } = takeQuantity(folded)
    const words = telling(wordsOf(rest))
    return { words: words.length > 0 ? words : wordsOf(folded), quantity }
  }

  #nearest(word: string): string {
    let nearest = word
    let least = forgivenErrors(word)
    for (const other of least > 0 ? this.#dictionary : []) {
      const errors = editDistance(word, other, least)
      if (errors > least || (errors === least && nearest !== word)) continue
      nearest = other
      least = errors as typeof least
    }
    return nearest
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

  /** The longest name that begins here, or else the word alone. */
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

/** The two words that one may have been written of, the longest first one first. */
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

/** Each word once, without those that tell nothing. */
function telling(words: string[]): string[] {
  return [...new Set(words)].filter((word) => !isStopWord(word))
}
