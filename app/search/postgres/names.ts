import { compareTexts, placeIn } from '#search/postgres/sorted'
import { fold, wordsOf } from '#text/fold'
import type { Candidate } from '#search/postgres/candidates'

/** A product, shop or city name. The detail is a product's Hindi name or a shop's city. */
export interface Name {
  name: string
  detail: string
  /** Number of words, without the detail. */
  length: number
  /** Includes the words of a product's Hindi name. */
  words: string[]
}

/** A matching name; higher scores are better. */
export interface Lead {
  name: string
  detail: string
  score: number
}

/**
 * Match of a name with these words, or null when one is missing: the best candidates' weights, in full for a name
 * of only the searched words, down to 0.8 of it the more other words it has.
 */
export type Match = (words: string[]) => number | null

/** Matches typed words, each with its candidates. */
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

/** Distinct words of a name and its detail, split as in the database. */
export function wordsOfName(...texts: string[]): string[] {
  return [...new Set(texts.flatMap((text) => wordsOf(fold(text))))]
}

/**
 * The distinct names of one kind, indexed by word, shortest first. A million products have only thousands of
 * distinct names, so queries are matched against names.
 */
export class Names {
  #ofWord = new Map<string, Name[]>()

  /** @returns the words no other name has */
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

  /** Number of names with any of these words; names with several count several times. */
  count(candidates: { word: string }[]): number {
    return candidates.reduce((sum, { word }) => sum + (this.#ofWord.get(word)?.length ?? 0), 0)
  }

  /**
   * Names with all the words, best first.
   *
   * @param typed each query word with its candidates
   * @param most approximate maximum
   * @param details restricts to names with these details, unless null
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

  with(word: string): readonly Name[] {
    return this.#ofWord.get(word) ?? []
  }

  #has(name: Name): boolean {
    const others = this.with(name.words[0])
    const place = placeOf(name, others)
    return place < others.length && compare(others[place], name) === 0
  }
}

/** Insertion point in the sorted names. */
function placeOf(name: Name, sorted: readonly Name[]): number {
  return placeIn(sorted, (other) => compare(other, name) < 0)
}

function compare(a: Name, b: Name): number {
  return a.length - b.length || compareTexts(a.name, b.name) || compareTexts(a.detail, b.detail)
}
