import type { Candidate, Kind, TypedWord } from '#search/postgres/candidates'

/** Which words of a query stand for a product, which for a shop, which for a city. */
export interface Assignment {
  /** For each kind the typed words that stand for it, each as the list of what it may mean. */
  words: Partial<Record<Kind, Candidate[][]>>
  /** No hit of this assignment scores more. */
  best: number
}

const MOST_ASSIGNMENTS = 12

/** The assignments of several phrasings, those with the best hits first. */
export function assignmentsOf(
  phrasings: TypedWord[][],
  weights: Partial<Record<Kind, number>>
): Assignment[] {
  return phrasings
    .flatMap((phrasing) => assignments(phrasing, weights))
    .sort((a, b) => b.best - a.best)
}

/** The ways to assign every word, those with the best hits first. */
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
