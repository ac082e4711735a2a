import { editDistance, forgivenErrors } from '#search/embedded/edit_distance'

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

/** A word that the vocabulary knows, and how many names contain it, counted up to a limit. */
export interface KnownWord {
  kind: Kind
  word: string
  names: number
}

const SIMILAR_PER_KIND = 12
const WEIGHT_OF_ERRORS = [1, 0.5, 0.35]

/** How many times as common as the typed word a similar one must be to count as what was meant. */
const MUCH_COMMONER = 4

/** The weight of a word that begins with what was typed: between 0.6 and 0.8, more the less is missing. */
export function weightOfBeginning(typed: string, word: string): number {
  return typed === word ? 1 : 0.6 + 0.2 * ([...typed].length / [...word].length)
}

/**
 * Those of `known` that differ from the typed word by no more typing errors than it is forgiven, the
 * closest first.
 *
 * A typed word that is itself known was probably meant; only a much commoner word is then taken to be
 * behind it, such as besan behind the besn in somebody's misspelt list.
 */
export function similarWords(typed: string, known: KnownWord[]): Candidate[] {
  const limit = forgivenErrors(typed)
  const asTyped = Math.max(
    0,
    ...known.filter(({ word }) => word === typed).map(({ names }) => names)
  )
  const found = known
    .filter(({ word, names }) => word !== typed && names >= asTyped * MUCH_COMMONER)
    .map((other) => ({ ...other, errors: editDistance(typed, other.word, limit) }))
    .filter(({ errors }) => errors <= limit)
    .sort((a, b) => a.errors - b.errors || b.names - a.names || (a.word < b.word ? -1 : 1))
  return (['product', 'shop', 'city'] as const).flatMap((kind) => {
    return found
      .filter((candidate) => candidate.kind === kind)
      .slice(0, SIMILAR_PER_KIND)
      .map(({ word, errors }) => ({ kind, word, weight: WEIGHT_OF_ERRORS[errors] }))
  })
}

/** Adds candidates to a word that it does not have yet. */
export function withCandidates({ word, candidates }: TypedWord, more: Candidate[]): TypedWord {
  const isNew = (one: Candidate) =>
    !candidates.some((other) => other.kind === one.kind && other.word === one.word)
  return { word, candidates: [...candidates, ...more.filter(isNew)] }
}
