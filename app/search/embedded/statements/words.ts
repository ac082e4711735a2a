import type { Candidate, Kind } from '#search/embedded/candidates'
import { WEIGHTS } from '#search/embedded/interpretation'
import { int, join, sql } from '#search/embedded/sql'
import { column, KINDS, namesOf, type Names } from '#search/embedded/statements/names'

/** For each word of the vocabulary how many names contain it, counted up to a limit. */
export function namesWith(words: { kind: Kind; word: string }[]) {
  return sql`
    SELECT known.kind, known.word, used.names
    FROM unnest(${column(words, 'kind', 'text')}, ${column(words, 'word', 'text')})
      AS known(kind, word)
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS names FROM (
        SELECT FROM search_names AS n WHERE n.kind = known.kind AND n.word = known.word LIMIT 100
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
