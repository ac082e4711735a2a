import { BEGINNING, TYPING_ERRORS } from '#search/weights'

/** What the words of the vocabulary name. */
export type Kind = 'product' | 'shop' | 'city'

/** A word of the vocabulary that somebody may have meant. */
export interface Candidate {
  kind: Kind
  word: string
  /** 1 for what was typed exactly, less for what is only like it. */
  weight: number
}

/** One word of a query and what it may mean; nothing when the vocabulary has nothing like it. */
export interface TypedWord {
  word: string
  candidates: Candidate[]
}

/** A word of the vocabulary that is some typing errors away, and how many names contain it. */
export interface KnownWord {
  kind: Kind
  word: string
  errors: number
  names: number
}

const SIMILAR_PER_KIND = 12

/** How many times as common as the typed word a similar one must be to count as what was meant. */
const MUCH_COMMONER = 4

/** The weight of a word that begins with what was typed: more, the less is missing. */
export function weightOfBeginning(typed: string, word: string): number {
  const { least, most } = BEGINNING
  return typed === word ? 1 : least + (most - least) * ([...typed].length / [...word].length)
}

/**
 * Of the words that are near, those that may have been meant, the closest first.
 *
 * A typed word that is itself known was probably meant; only a much commoner word is then taken to be
 * behind it, such as besan behind the besn in somebody's misspelt list.
 *
 * @param asTyped how many names contain the word as it was typed
 */
export function similarWords(near: KnownWord[], asTyped: number): Candidate[] {
  const found = near
    .filter(({ errors, names }) => errors > 0 && names > 0 && names >= asTyped * MUCH_COMMONER)
    .sort((a, b) => a.errors - b.errors || b.names - a.names || (a.word < b.word ? -1 : 1))
  return (['product', 'shop', 'city'] as const).flatMap((kind) => {
    return found
      .filter((candidate) => candidate.kind === kind)
      .slice(0, SIMILAR_PER_KIND)
      .map(({ word, errors }) => ({ kind, word, weight: TYPING_ERRORS[errors] }))
  })
}

/** Each candidate once, with the best weight that it has, the best first. */
export function bestCandidates(candidates: Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const key = `${candidate.kind} ${candidate.word}`
    const other = best.get(key)
    if (!other || other.weight < candidate.weight) best.set(key, candidate)
  }
  return [...best.values()].sort((a, b) => b.weight - a.weight)
}
