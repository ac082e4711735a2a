import { bestCandidates, weightOfBeginning } from '#search/postgres/candidates'
import type { Candidate, TypedWord } from '#search/postgres/candidates'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { Interpretation } from '#search/search_index'
import type { Alternative, Part } from '#search/understanding/understanding'

const BEGINNINGS_PER_KIND = 40
const MOST_PHRASINGS = 8

/** The ways to say what is meant with words that the vocabulary has, the surest first; all of each have to match. */
export function phrasingsOf(
  { parts, least, weight, doubtful }: Interpretation,
  vocabulary: Vocabulary
): TypedWord[][] {
  const phrases = parts.map((part) => phrasesOf(part, doubtful, vocabulary))
  const known = phrases.filter(({ length }) => length > 0)
  return choices(known, least)
    .flatMap(combined)
    .map((words) => words.map((word) => weighted(word, weight)))
}

/**
 * The ways to say one part, the surest first. Alternatives of one word are one way together; each of several
 * words is a way of its own, whose words weigh as much as one.
 */
function phrasesOf(
  { alternatives }: Part,
  doubtful: Set<string>,
  vocabulary: Vocabulary
): TypedWord[][] {
  const candidates = (alternative: Alternative, at: number) => {
    return bestCandidates(candidatesOf(alternative, at, doubtful, vocabulary))
  }
  const single = alternatives.filter(({ words }) => words.length === 1)
  const together = bestCandidates(single.flatMap((one) => candidates(one, 0)))
  const isKnown = (word: string) => single.some(({ words }) => words[0] === word)
  const several = alternatives
    .filter(({ words, origin }) => words.length > 1 && (origin === 'typed' || !words.some(isKnown)))
    .map((one) => {
      return one.words.map((word, at) => {
        return weighted({ word, candidates: candidates(one, at) }, 1 / one.words.length)
      })
    })
  const all = [together.length > 0 ? [{ word: single[0].words[0], candidates: together }] : []]
  return [...all, ...several]
    .filter((phrase) => phrase.length > 0 && phrase.every(({ candidates: of }) => of.length > 0))
    .sort((a, b) => weightOf(b) - weightOf(a))
}

/** The ways to say all of the parts. */
function combined(parts: TypedWord[][][]): TypedWord[][] {
  let phrasings: TypedWord[][] = [[]]
  for (const phrases of parts) {
    phrasings = phrasings
      .flatMap((phrasing) => phrases.map((phrase) => [...phrasing, ...phrase]))
      .slice(0, MOST_PHRASINGS)
  }
  return parts.length > 0 ? phrasings : []
}

/** Other names of a thing are those of products; they may be spelled differently, but are whole. */
function candidatesOf(
  { words, weight, origin }: Alternative,
  at: number,
  doubtful: Set<string>,
  vocabulary: Vocabulary
): Candidate[] {
  const word = words[at]
  if (origin === 'joined') {
    return vocabulary.has('product', word) ? [{ kind: 'product', word, weight }] : []
  }
  const spelled = vocabulary.spelled(word).map((one) => ({ ...one, weight: one.weight * weight }))
  if (origin === 'synonym') return spelled.filter(({ kind }) => kind === 'product')
  const begun = vocabulary.beginning(word, BEGINNINGS_PER_KIND).map((one) => {
    return { ...one, weight: weightOfBeginning(word, one.word) }
  })
  return [...spelled, ...begun, ...(doubtful.has(word) ? vocabulary.similar(word) : [])]
}

/** Every choice of so many of these, in order. */
function choices<Item>(items: Item[], count: number): Item[][] {
  if (count === 0) return [[]]
  return items.flatMap((item, at) => {
    return choices(items.slice(at + 1), count - 1).map((others) => [item, ...others])
  })
}

function weighted({ word, candidates }: TypedWord, weight: number): TypedWord {
  if (weight === 1) return { word, candidates }
  return { word, candidates: candidates.map((one) => ({ ...one, weight: one.weight * weight })) }
}

function weightOf(phrase: TypedWord[]): number {
  return phrase.reduce((sum, { candidates }) => sum + candidates[0].weight, 0)
}
