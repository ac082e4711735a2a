import type { Candidate, Kind } from '#search/embedded/candidates'
import { WEIGHTS } from '#search/embedded/interpretation'
import { int, join, sql } from '#search/embedded/sql'
import { column, KINDS, namesOf, type Names } from '#search/embedded/statements/names'

/** The words of a text with the words of the vocabulary that begin like them, or null for none. */
export function beginnings(q: string, { words, perKind }: { words: number; perKind: number }) {
  return sql`
    SELECT typed.word AS typed, known.kind, known.word
    FROM unnest((SELECT search_words(${q}))) WITH ORDINALITY AS typed(word, place)
    LEFT JOIN LATERAL (
      SELECT kinds.kind, closest.word FROM unnest(ARRAY['product', 'shop', 'city']) AS kinds(kind)
      CROSS JOIN LATERAL (
        SELECT word FROM (
          SELECT v.word FROM search_vocabulary AS v
          WHERE v.kind = kinds.kind AND v.word >= typed.word AND v.word < typed.word || chr(1114111)
          ORDER BY v.word LIMIT 1000
        ) AS beginning ORDER BY char_length(word), word LIMIT ${int(perKind)}
      ) AS closest
    ) AS known ON true
    WHERE typed.place <= ${int(words)} ORDER BY typed.place`
}

/** Words of the vocabulary that may be as many typing errors away, and how many names contain them. */
export function neighbours(typed: { word: string; errors: number }[]) {
  return sql`
    SELECT typed.word AS typed, near.kind, near.word, used.names
    FROM unnest(${column(typed, 'word', 'text')}, ${column(typed, 'errors', 'int')})
      AS typed(word, errors)
    CROSS JOIN LATERAL (
      SELECT v.kind, v.word FROM search_vocabulary AS v
      WHERE search_deletions(v.word, 2) && search_deletions(typed.word, typed.errors)
        AND v.word !~ '[0-9]' AND char_length(v.word) > 2
        AND abs(char_length(v.word) - char_length(typed.word)) <= typed.errors
    ) AS near
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS names FROM (
        SELECT FROM search_names AS n WHERE n.kind = near.kind AND n.word = near.word LIMIT 100
      ) AS counted
    ) AS used`
}

/** For each word how many names contain a candidate of it, counted up to `limit`. */
export function commonness(kind: Kind, words: Candidate[][], limit: number) {
  const counts = words.map((candidates) => {
    return sql`(SELECT count(*) FROM (
      SELECT FROM search_names AS n
      WHERE n.kind = ${KINDS[kind]} AND n.word = ANY(${column(candidates, 'word', 'text')})
      LIMIT ${int(limit)}
    ) AS counted)`
  })
  return sql`SELECT ARRAY[${join(counts, ', ')}]::int[] AS counts`
}

/** Cities whose names contain the words. */
export function citiesNamed(names: Names) {
  return sql`
    SELECT name, score * ${int(WEIGHTS.product.city)} AS score
    FROM (${namesOf('city', names)}) AS found ORDER BY score DESC, name LIMIT ${int(names.limit)}`
}

/** The ways in which a city's name is written that differ from `city` by case and accents at most. */
export function citiesLike(city: string) {
  return sql`
    SELECT DISTINCT name FROM search_names
    WHERE kind = 'city' AND word = (search_words(${city}))[1]
      AND search_words(name) = search_words(${city})`
}
