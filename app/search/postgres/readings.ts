import { bestCandidates, weightOfBeginning } from '#search/postgres/candidates'
import type { Candidate, TypedWord } from '#search/postgres/candidates'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { Alternative, Part } from '#search/understanding/understanding'

/** One way to say a part of a query: words of the vocabulary that all have to match. */
export type Saying = TypedWord[]

const BEGINNINGS_PER_KIND = 40
const MOST_READINGS = 8

/**
 * The ways to say one part with words that the vocabulary has, the surest first. Alternatives of one word
 * are one way together; each of several words is a way of its own, whose words weigh as much as one.
 */
export function sayingsOf({ alternatives }: Part, vocabulary: Vocabulary): Saying[] {
  const single = alternatives.filter(({ words }) => words.length === 1)
  const together = bestCandidates(single.flatMap((one) => candidatesOf(one, 0, vocabulary)))
  const isKnown = (word: string) => single.some(({ words }) => words[0] === word)
  const several = alternatives
    .filter(({ words, origin }) => words.length > 1 && (origin === 'typed' || !words.some(isKnown)))
    .map((one) => {
      return one.words.map((word, at) => ({
        word,
        candidates: bestCandidates(candidatesOf(one, at, vocabulary)).map((candidate) => ({
          ...candidate,
          weight: candidate.weight / one.words.length,
        })),
      }))
    })
  const all = [together.length > 0 ? [{ word: single[0].words[0], candidates: together }] : []]
  return [...all, ...several]
    .filter(
      (saying) => saying.length > 0 && saying.every(({ candidates }) => candidates.length > 0)
    )
    .sort((a, b) => weightOf(b) - weightOf(a))
}

/** The ways to say the whole query, the surest first; none when a part cannot be said. */
export function readingsOf(parts: Saying[][]): TypedWord[][] {
  let readings: TypedWord[][] = [[]]
  for (const sayings of parts) {
    readings = readings
      .flatMap((reading) => sayings.map((saying) => [...reading, ...saying]))
      .slice(0, MOST_READINGS)
  }
  return parts.length > 0 ? readings : []
}

/** What was typed for a part, each word with what it may mean. */
export function typedWordsOf(parts: Part[], vocabulary: Vocabulary): TypedWord[] {
  return parts.flatMap(({ alternatives }) => {
    const typed = alternatives.find(({ origin }) => origin === 'typed')!
    return typed.words.map((word, at) => ({
      word,
      candidates: bestCandidates(candidatesOf(typed, at, vocabulary)),
    }))
  })
}

/** Other names of a thing are those of products; they may be spelled differently, but are whole. */
function candidatesOf(
  { words, weight, origin }: Alternative,
  at: number,
  vocabulary: Vocabulary
): Candidate[] {
  const word = words[at]
  const spelled = vocabulary.spelled(word).map((one) => ({ ...one, weight: one.weight * weight }))
  if (origin !== 'typed') return spelled.filter(({ kind }) => kind === 'product')
  const begun = vocabulary.beginning(word, BEGINNINGS_PER_KIND).map((one) => {
    return { ...one, weight: weightOfBeginning(word, one.word) }
  })
  return [...spelled, ...begun]
}

function weightOf(saying: Saying): number {
  return saying.reduce((sum, { candidates }) => sum + candidates[0].weight, 0)
}
