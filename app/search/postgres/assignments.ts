import type { Candidate, Kind, TypedWord } from '#search/postgres/candidates'

/** Assigns each query word to a product, shop or city. */
export interface Assignment {
  /** For each kind, its query words with their candidates. */
  words: Partial<Record<Kind, Candidate[][]>>
  /** Upper bound of the score of any hit. */
  best: number
}

const MOST_ASSIGNMENTS = 12

/** Assignments of several phrasings, by `best` descending. */
export function assignmentsOf(
  phrasings: TypedWord[][],
  weights: Partial<Record<Kind, number>>
): Assignment[] {
  return phrasings
    .flatMap((phrasing) => assignments(phrasing, weights))
    .sort((a, b) => b.best - a.best)
}

/** All ways to assign the words, by `best` descending. */
export function assignments(
  typed: TypedWord[],
  weights: Partial<Record<Kind, number>>
): Assignment[] {
  let found: Assignment[] = [{ words: {}, best: 0 }]
  for (const { candidates } of typed) {
    const kinds = (Object.keys(weights) as Kind[])
      .map((kind) => ({ kind, meant: candidates.filter((candidate) => candidate.kind === kind) }))
      .filter(({ meant }) => meant.length > 0)
    found = found
      .flatMap((assignment) => {
        return kinds.map(({ kind, meant }) => ({
          words: {
            ...assignment.words,
            [kind]: [...(assignment.words[kind] ?? []), meant],
          },
          best: assignment.best + weights[kind]! * Math.max(...meant.map(({ weight }) => weight)),
        }))
      })
      .sort((a, b) => b.best - a.best)
      .slice(0, MOST_ASSIGNMENTS)
  }
  return typed.length > 0 ? found : []
}
