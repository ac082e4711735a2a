import { compareTexts, placeIn } from '#search/postgres/sorted'
import { fold, wordsOf } from '#search/understanding/fold'
import type { Candidate } from '#search/postgres/candidates'

/** A name of products, shops or cities. The detail is a product's name in Hindi or a shop's city. */
export interface Name {
  name: string
  detail: string
  /** How many words the name has without its detail. */
  length: number
  /** Those of a product's name in Hindi too. */
  words: string[]
}

/** A name that a query leads to; larger scores are better. */
export interface Lead {
  name: string
  detail: string
  score: number
}

/**
 * How well a name with these words matches, or null when it lacks one: the weights of the best candidates,
 * and all of that for a name of nothing but what is meant, down to 0.8 the more else it says.
 */
export type Match = (words: string[]) => number | null

/** The match of the typed words, each with what it may mean. */
export function matchOf(typed: Candidate[][]): Match {
  const weights = typed.map((candidates) => {
    return new Map(candidates.map(({ word, weight }) => [word, weight]))
  })
  const isMeant = (word: string) => weights.some((of) => of.has(word))
  return (words) => {
    let sum = 0
    for (const of of weights) {
      let best = 0
      for (const word of words) best = Math.max(best, of.get(word) ?? 0)
      if (best === 0) return null
      sum += best
    }
    return sum * (0.8 + (0.2 * words.filter(isMeant).length) / words.length)
  }
}

/** The words of a name and its detail, each once, as the database would split them. */
export function wordsOfName(...texts: string[]): string[] {
  return [...new Set(texts.flatMap((text) => wordsOf(fold(text))))]
}

/**
 * The distinct names of one kind, found by their words, the shortest first. A million products have
 * thousands of names, and names are all that a query has to be held against.
 */
export class Names {
  #ofWord = new Map<string, Name[]>()

  /** @returns the words that no other name has */
  add(name: Name): string[] {
    if (name.words.length === 0 || this.#has(name)) return []
    const unheard = name.words.filter((word) => !this.#ofWord.has(word))
    for (const word of name.words) {
      const others = this.#ofWord.get(word)
      if (others) others.splice(placeOf(name, others), 0, name)
      else this.#ofWord.set(word, [name])
    }
    return unheard
  }

  /** How many names have one of these words, counting those that have several as often. */
  count(candidates: { word: string }[]): number {
    return candidates.reduce((sum, { word }) => sum + (this.#ofWord.get(word)?.length ?? 0), 0)
  }

  /**
   * The names that have all the words, the best first.
   *
   * @param typed each typed word with what it may mean
   * @param most how many to look for, about
   * @param details only names of these, unless null
   */
  find(typed: Candidate[][], most: number, details: Set<string> | null = null): Lead[] {
    const match = matchOf(typed)
    const rarest = typed.reduce((a, b) => (this.count(b) < this.count(a) ? b : a))
    const found = new Map<Name, number>()
    for (const { word } of rarest) {
      let left = Math.ceil(most / rarest.length)
      for (const name of this.#ofWord.get(word) ?? []) {
        if (details && !details.has(name.detail)) continue
        const score = match(name.words)
        if (score === null) continue
        found.set(name, score)
        if (--left === 0) break
      }
    }
    return Array.from(found, ([{ name, detail }, score]) => ({ name, detail, score })).sort(
      (a, b) => b.score - a.score
    )
  }

  /** All names that have this word. */
  with(word: string): readonly Name[] {
    return this.#ofWord.get(word) ?? []
  }

  #has(name: Name): boolean {
    const others = this.with(name.words[0])
    const place = placeOf(name, others)
    return place < others.length && compare(others[place], name) === 0
  }
}

/** Where in the sorted names this one belongs. */
function placeOf(name: Name, sorted: readonly Name[]): number {
  return placeIn(sorted, (other) => compare(other, name) < 0)
}

function compare(a: Name, b: Name): number {
  return a.length - b.length || compareTexts(a.name, b.name) || compareTexts(a.detail, b.detail)
}
