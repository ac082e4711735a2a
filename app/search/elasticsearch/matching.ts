import type { estypes } from '@elastic/elasticsearch'
import { forgivenErrors } from '#search/understanding/edit_distance'
import { spellingKey } from '#search/understanding/spelling'
import { BEGINNING, SPELLED_ALIKE, TYPING_ERRORS } from '#search/weights'
import type { Interpretation } from '#search/search_index'
import type { Part } from '#search/understanding/understanding'

type Query = estypes.QueryDslQueryContainer

/** Text fields and their weights. */
export type Fields = Record<string, number>

/** Fields to search. */
export interface Places {
  /** For typed words, which may be prefixes. */
  typed: Fields
  /** For synonyms, as whole words; empty for none. */
  synonyms: Fields
}

/** A word, spelling or prefix in one field. */
interface Clause {
  field: string
  word: string
  boost: number
  fuzziness?: number
}

/** Matches any interpretation, scored by the best. */
export function matching(interpretations: Interpretation[], places: Places): Query {
  const queries = interpretations.map(({ parts, least, weight, doubtful }) => ({
    bool: {
      should: parts.map((part) => partOf(part, places, doubtful)),
      minimum_should_match: least,
      boost: weight,
    },
  }))
  return { dis_max: { queries } }
}

/** Matches a word, or one spelled alike, in any field. */
export function known(word: string, fields: string[]): Query {
  const spellings = fields.map((field) => ({ field: `${field}.spelling`, word, boost: 1 }))
  return bestOf(spellings)
}

function partOf({ alternatives }: Part, { typed, synonyms }: Places, doubtful: Set<string>): Query {
  const anywhere = Object.keys(synonyms).length > 0
  const sought = alternatives.filter(({ origin }) => origin === 'typed' || anywhere)
  if (sought.length === 0) return { match_none: {} }
  const ways = sought.map(({ words, weight, origin }) => {
    const boost = weight / words.length
    return words.map((word) => {
      if (origin === 'joined') return exactly(word, synonyms, boost)
      if (origin === 'synonym') return whole(word, synonyms, boost)
      const likely = [...whole(word, typed, boost), ...beginning(word, typed, boost)]
      return doubtful.has(word) ? [...likely, ...alike(word, typed, boost)] : likely
    })
  })
  const single = ways.filter(({ length }) => length === 1).flat(2)
  const several = ways.filter(({ length }) => length > 1)
  const together = several.map((words) => ({ bool: { must: words.map(bestOf) } }))
  return { dis_max: { queries: [...distinct(single), ...together] } }
}

function exactly(word: string, fields: Fields, weight: number): Clause[] {
  return inEach(fields, (field, value) => [{ field, word, boost: value * weight }])
}

function whole(word: string, fields: Fields, weight: number): Clause[] {
  return inEach(fields, (field, value) => [
    { field, word, boost: value * weight },
    { field: `${field}.spelling`, word, boost: value * weight * SPELLED_ALIKE },
  ])
}

function beginning(word: string, fields: Fields, weight: number): Clause[] {
  return inEach(fields, (field, value) => [
    { field: `${field}.beginnings`, word, boost: value * weight * BEGINNING.usual },
  ])
}

function alike(word: string, fields: Fields, weight: number): Clause[] {
  const fuzziness = forgivenErrors(word)
  if (fuzziness === 0) return []
  return inEach(fields, (field, value) => [
    { field, word, boost: value * weight * TYPING_ERRORS[1], fuzziness },
  ])
}

function inEach(fields: Fields, clauses: (field: string, value: number) => Clause[]) {
  return Object.entries(fields).flatMap(([field, value]) => clauses(field, value))
}

function bestOf(clauses: Clause[]): Query {
  return { dis_max: { queries: distinct(clauses) } }
}

/** Synonyms are often spelled alike: keeps each spelling once, with its highest weight. */
function distinct(clauses: Clause[]): Query[] {
  const best = new Map<string, Clause>()
  for (const clause of clauses) {
    const { field, word, fuzziness = 0 } = clause
    const term = field.endsWith('.spelling') ? spellingKey(word) : word
    const key = `${field} ${term} ${fuzziness}`
    if ((best.get(key)?.boost ?? 0) < clause.boost) best.set(key, clause)
  }
  return [...best.values()].map(toQuery)
}

function toQuery({ field, word, boost, fuzziness }: Clause): Query {
  const errors = fuzziness ? { fuzziness, fuzzy_rewrite: 'top_terms_50' } : {}
  return { match: { [field]: { query: word, operator: 'and', boost, ...errors } } }
}
