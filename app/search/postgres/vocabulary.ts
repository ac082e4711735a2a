import { Names, wordsOfName, type Name } from '#search/postgres/names'
import { Words } from '#search/postgres/words'
import {
  similarWords,
  type Candidate,
  type Kind,
  type KnownWord,
} from '#search/postgres/candidates'
import { forgivenErrors } from '#search/understanding/edit_distance'
import { spellingKey } from '#search/understanding/spelling'
import { SPELLED_ALIKE } from '#search/weights'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import type { Replication } from '#replication/replication'

const KINDS: Kind[] = ['product', 'shop', 'city']

const PAGE = 5_000

const PAGE_OF_NAMES = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
    known.kind, known.name, known.detail, known.length, known.words
  FROM (VALUES (true)) AS one
  LEFT JOIN LATERAL (
    SELECT * FROM search_names AS n WHERE (n.kind, n.name, n.detail) > (?, ?, ?)
    ORDER BY n.kind, n.name, n.detail LIMIT ${PAGE}
  ) AS known ON true`

/**
 * Excludes names restored from a backup of a server with higher transaction ids, which look like future ones;
 * `load` has read them.
 */
const NAMES_SINCE = `
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS horizon,
    known.kind, known.name, known.detail, known.length, known.words
  FROM (VALUES (true)) AS one
  LEFT JOIN search_names AS known ON known.learned_in >= (SELECT ?::xid8)
    AND known.learned_in < (SELECT pg_snapshot_xmax(pg_current_snapshot()))`

interface Row extends Name {
  horizon: string
  kind: Kind | null
}

/**
 * In-memory copy of the distinct product, shop and city names and their words (thousands, regardless of the number
 * of rows). Each search first reads new names from the server it uses.
 *
 * A name unknown to that server finds nothing and does no harm. None is missing: names of transactions before the
 * horizon are loaded, later ones are queried each time.
 */
export class Vocabulary {
  #kinds = new Map(KINDS.map((kind) => [kind, { names: new Names(), words: new Words() }]))
  #horizon = '0'
  #loading: Promise<void> | null = null

  /** Loads existing names once, in pages, each from a server at least as fresh as the first. */
  load(replication: Replication): Promise<void> {
    this.#loading ??= this.#load(replication).catch((error) => {
      this.#loading = null
      throw error
    })
    return this.#loading
  }

  /** Loads names new on this client's server. */
  async refresh(client: Pick<QueryClientContract, 'knexRawQuery'>) {
    const { rows } = await client
      .knexRawQuery(NAMES_SINCE, [this.#horizon])
      .options({ name: 'search_names_since' })
    this.#learn(rows)
    this.#moveOn(rows[0].horizon)
  }

  /** All spellings that differ from `city` only by case and accents. */
  citiesLike(city: string): string[] {
    const words = wordsOfName(city)
    if (words.length === 0) return []
    const same = this.names('city')
      .with(words[0])
      .filter((one) => isSame(one.words, words))
    return same.map(({ name }) => name)
  }

  names(kind: Kind): Names {
    return this.#kinds.get(kind)!.names
  }

  has(kind: Kind, word: string): boolean {
    return this.#kinds.get(kind)!.words.has(word)
  }

  /** The word and words spelled alike. */
  spelled(word: string): Candidate[] {
    const key = spellingKey(word)
    return KINDS.flatMap((kind) => {
      const words = this.#kinds.get(kind)!.words.spelled(word, key)
      return words.map((other) => ({
        kind,
        word: other,
        weight: other === word ? 1 : SPELLED_ALIKE,
      }))
    })
  }

  /** Words with this prefix, shortest first, at most `perKind` of each kind. */
  beginning(typed: string, perKind: number): { kind: Kind; word: string }[] {
    return KINDS.flatMap((kind) => {
      const { words } = this.#kinds.get(kind)!
      return words.beginning(typed, perKind).map((word) => ({ kind, word }))
    })
  }

  /** Words within the forgiven typing errors. */
  similar(typed: string): Candidate[] {
    const near = this.#near(typed, forgivenErrors(typed))
    const own = near.filter(({ errors }) => errors === 0).map(({ names }) => names)
    return similarWords(near, Math.max(0, ...own))
  }

  #near(typed: string, errors: number): KnownWord[] {
    return KINDS.flatMap((kind) => {
      const { names, words } = this.#kinds.get(kind)!
      return words.near(typed, errors).map((near) => {
        return { kind, ...near, names: names.count([near]) }
      })
    })
  }

  async #load(replication: Replication) {
    let position = null
    let horizon: string | null = null
    let after = ['', '', '']
    for (;;) {
      const page: { value: Row[]; latest: bigint } = await replication.readAt(
        position,
        async (client) => (await client.knexRawQuery(PAGE_OF_NAMES, after)).rows
      )
      const { value: rows, latest } = page
      position ??= latest
      horizon ??= rows[0].horizon
      this.#learn(rows)
      const { kind, name, detail } = rows.at(-1)!
      if (kind === null || rows.length < PAGE) break
      after = [kind, name, detail]
    }
    this.#moveOn(horizon)
  }

  #learn(rows: Row[]) {
    for (const { kind, name, detail, length, words: own } of rows) {
      if (kind === null) continue
      const { names, words } = this.#kinds.get(kind)!
      for (const word of names.add({ name, detail, length, words: own })) words.add(word)
    }
  }

  /** A lagging server has an older horizon. */
  #moveOn(horizon: string) {
    if (BigInt(horizon) > BigInt(this.#horizon)) this.#horizon = horizon
  }
}

function isSame(words: string[], others: string[]) {
  return words.length === others.length && words.every((word) => others.includes(word))
}
