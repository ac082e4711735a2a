import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Database } from '@adonisjs/lucid/database'

/** A zero-result search on one day, and who made it. */
export interface CountedSearch {
  day: string
  /** Empty for searches in all cities. */
  city: string
  words: string
  searches: number
  people: Set<number>
}

export interface ZeroResult {
  city: string
  words: string
  searches: number
}

/** Minimum number of people with the same search on one day before it is shown (k-anonymity). */
export const SEVERAL = 3

/**
 * Maximum distinct searches kept per day, against nonsense filling the table; searches by several people stay
 * first.
 */
export const MOST_A_DAY = 2_000

const ADD = `
  INSERT INTO search_misses AS known (day, city, words, searches, people)
  SELECT day::date, city, words, searches,
    (SELECT coalesce(array_agg(number::int), '{}') FROM (
      SELECT number FROM string_to_table(people, ',') AS number LIMIT ${SEVERAL}
    ) AS first)
  FROM unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::text[])
    AS noted(day, city, words, searches, people)
  ORDER BY city, words, day
  ON CONFLICT (city, words, day) DO UPDATE SET
    searches = known.searches + excluded.searches,
    people = ARRAY(
      SELECT DISTINCT number FROM unnest(known.people || excluded.people) AS number LIMIT ${SEVERAL}
    )`

const MAKE_ROOM = `
  DELETE FROM search_misses AS known USING (
    SELECT city, words, day, row_number() OVER (
      PARTITION BY day ORDER BY cardinality(people) DESC, searches DESC, md5(words)
    ) AS place
    FROM search_misses WHERE day = ANY(?::date[])
  ) AS ranked
  WHERE place > ${MOST_A_DAY}
    AND (known.city, known.words, known.day) = (ranked.city, ranked.words, ranked.day)`

const SHOWN = `
  SELECT city, words, sum(searches)::int AS searches FROM search_misses
  WHERE day > current_date - ?::int AND (?::text IS NULL OR city = ?::text)
  GROUP BY city, words HAVING max(cardinality(people)) >= ${SEVERAL}
  ORDER BY searches DESC, words, city LIMIT ?::int`

/** Table of zero-result searches. */
export class ZeroResultLog {
  constructor(private db: Database) {}

  /** Adds counts, within the day's limit. */
  async add(counted: CountedSearch[]) {
    const column = (field: 'day' | 'city' | 'words' | 'searches') =>
      counted.map((one) => one[field])
    const people = counted.map((one) => [...one.people].join(','))
    await this.db.rawQuery(ADD, [
      column('day'),
      column('city'),
      column('words'),
      column('searches'),
      people,
    ])
    await this.db.rawQuery(MAKE_ROOM, [[...new Set(column('day'))]])
  }

  /** Searches made by several people, most frequent first; `city` null for all. */
  async shown(
    options: { city: string | null; days: number; limit: number },
    client: Pick<QueryClientContract, 'rawQuery'> = this.db
  ): Promise<ZeroResult[]> {
    const { city, days, limit } = options
    const { rows } = await client.rawQuery(SHOWN, [days, city, city, limit] as any[])
    return rows
  }
}
