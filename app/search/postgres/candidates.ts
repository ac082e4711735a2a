import { BEGINNING, TYPING_ERRORS } from '#search/weights'

/** What a vocabulary word names. */
export type Kind = 'product' | 'shop' | 'city'

/** A vocabulary word that may be meant. */
export interface Candidate {
  kind: Kind
  word: string
  /** 1 for an exact match, less for a similar word. */
  weight: number
}

/** A query word with its candidates; empty when nothing is similar. */
export interface TypedWord {
  word: string
  candidates: Candidate[]
}

/** A vocabulary word within typing errors, with the number of names that contain it. */
export interface KnownWord {
  kind: Kind
  word: string
  errors: number
  names: number
}

const SIMILAR_PER_KIND = 12

/** How much more common than a known typed word a similar word must be to become a candidate. */
const MUCH_COMMONER = 4

/** Weight of a word with the typed prefix; higher, the less is missing. */
export function weightOfBeginning(typed: string, word: string): number {
  const { least, most } = BEGINNING
  return typed === word ? 1 : least + (most - least) * ([...typed].length / [...word].length)
}

/**
 * Nearby words that may be meant, closest first.
 *
 * A typed word that is itself known is probably meant; only a much more common word then competes, such as besan
 * for besn, which occurs in a misspelt list.
 *
 * @param asTyped number of names with the word as typed
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

/** Distinct candidates with their highest weight, best first. */
export function bestCandidates(candidates: Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>()
  for (const candidate of candidates) {
    const key = `${candidate.kind} ${candidate.word}`
    const other = best.get(key)
    if (!other || other.weight < candidate.weight) best.set(key, candidate)
  }
  return [...best.values()].sort((a, b) => b.weight - a.weight)
}
