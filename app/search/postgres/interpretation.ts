import type { Candidate, Kind, TypedWord } from '#search/postgres/candidates'

/** How much a match counts, by what it is found in. */
export const WEIGHTS = {
  product: { product: 3, shop: 2, city: 1 },
  shop: { shop: 3, city: 1 },
} as const

/** One way to read a query: which of its words stand for a product, which for a shop, which for a city. */
export interface Interpretation {
  /** For each kind the typed words that are read so, each as the list of what it may mean. */
  words: Partial<Record<Kind, Candidate[][]>>
  /** No hit of this interpretation scores more. */
  best: number
}

const MOST_INTERPRETATIONS = 12

/** The ways to read several readings of a query, those with the best hits first. */
export function interpretationsOf(
  readings: TypedWord[][],
  weights: Partial<Record<Kind, number>>
): Interpretation[] {
  return readings
    .flatMap((reading) => interpretations(reading, weights))
    .sort((a, b) => b.best - a.best)
}

/** The ways to read a query such that every word means something, those with the best hits first. */
export function interpretations(
  typed: TypedWord[],
  weights: Partial<Record<Kind, number>>
): Interpretation[] {
  let found: Interpretation[] = [{ words: {}, best: 0 }]
  for (const { candidates } of typed) {
    const readings = (Object.keys(weights) as Kind[])
      .map((kind) => ({ kind, meant: candidates.filter((candidate) => candidate.kind === kind) }))
      .filter(({ meant }) => meant.length > 0)
    found = found
      .flatMap((interpretation) => {
        return readings.map(({ kind, meant }) => ({
          words: {
            ...interpretation.words,
            [kind]: [...(interpretation.words[kind] ?? []), meant],
          },
          best:
            interpretation.best + weights[kind]! * Math.max(...meant.map(({ weight }) => weight)),
        }))
      })
      .sort((a, b) => b.best - a.best)
      .slice(0, MOST_INTERPRETATIONS)
  }
  return typed.length > 0 ? found : []
}
