import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Candidate, Kind, KnownWord, TypedWord } from '#search/embedded/candidates'
import { weightOfBeginning } from '#search/embedded/candidates'
import * as hitStatements from '#search/embedded/statements/hits'
import * as wordStatements from '#search/embedded/statements/words'
import type { Condition, Scope } from '#search/embedded/statements/hits'
import type { City, Names } from '#search/embedded/statements/names'
import type { Sql } from '#search/embedded/sql'
import type { ProductHit, ShopHit } from '#search/search_engine'

/** Hits of one look-up. */
export interface Found<Hit> {
  hits: Hit[]
  /** How many names led there. */
  considered: number
  /** How many products were looked at; null when the condition was not needed or enough met it. */
  examined: number | null
}

const MOST_WORDS = 6
const BEGINNINGS_PER_KIND = 40

/** What is for sale where, read through one client: the statements and what their rows mean. */
export class Catalogue {
  constructor(private client: TransactionClientContract) {}

  /** The words of a text with the words of the vocabulary that begin like them. */
  async typedWords(q: string): Promise<TypedWord[]> {
    const options = { words: MOST_WORDS, perKind: BEGINNINGS_PER_KIND }
    const rows = await this.#rows<{ typed: string; kind: Kind | null; word: string }>(
      wordStatements.beginnings(q, options)
    )
    const words = new Map<string, Candidate[]>()
    for (const { typed, kind, word } of rows) {
      if (!words.has(typed)) words.set(typed, [])
      if (kind) words.get(typed)!.push({ kind, word, weight: weightOfBeginning(typed, word) })
    }
    return Array.from(words, ([word, candidates]) => ({ word, candidates }))
  }

  /** Words of the vocabulary that may be what was meant, for each of the typed words. */
  async neighbours(typed: { word: string; errors: number }[]): Promise<Map<string, KnownWord[]>> {
    const rows = await this.#rows<KnownWord & { typed: string }>(wordStatements.neighbours(typed))
    return Map.groupBy(rows, (row) => row.typed)
  }

  /** For each word how many names contain a candidate of it, counted up to `limit`. */
  async commonness(kind: Kind, words: Candidate[][], limit: number): Promise<number[]> {
    const [{ counts }] = await this.#rows<{ counts: number[] }>(
      wordStatements.commonness(kind, words, limit)
    )
    return counts
  }

  citiesNamed(names: Names) {
    return this.#rows<City>(wordStatements.citiesNamed(names))
  }

  async citiesLike(city: string): Promise<City[]> {
    const rows = await this.#rows<{ name: string }>(wordStatements.citiesLike(city))
    return rows.map(({ name }) => ({ name, score: 0 }))
  }

  shopsNamed(names: Names, scope: Scope) {
    return this.#shops(hitStatements.shopsNamed(names, scope))
  }

  async shopsInCities(scope: Scope & { cities: City[] }) {
    return (await this.#shops(hitStatements.shopsInCities(scope))).hits
  }

  productsNamed(names: Names, scope: Scope & { condition?: Condition }) {
    return this.#products(hitStatements.productsNamed(names, scope))
  }

  productsOfShopsNamed(names: Names, scope: Scope & { condition?: Condition }) {
    return this.#products(hitStatements.productsOfShopsNamed(names, scope))
  }

  async productsInCities(scope: Scope & { cities: City[] }) {
    return (await this.#products(hitStatements.productsInCities(scope))).hits
  }

  #shops(statement: Sql) {
    return this.#found<ShopHit>(statement, ({ id, name, city, score }) => {
      return { type: 'shop', id, name, city, score: round(score) }
    })
  }

  #products(statement: Sql) {
    return this.#found<ProductHit>(statement, (row) => ({
      type: 'product',
      id: row.id,
      name: row.name,
      nameHi: row.name_hi,
      unit: row.unit,
      category: row.category,
      pricePaise: row.price_paise,
      stock: row.stock,
      shopId: row.shop_id,
      shopName: row.shop_name,
      shopCity: row.shop_city,
      score: round(row.score),
    }))
  }

  async #found<Hit>(statement: Sql, toHit: (row: any) => Hit): Promise<Found<Hit>> {
    const rows = await this.#rows<any>(statement)
    const { considered = 0, examined = null } = rows[0] ?? {}
    return { hits: rows.filter(({ id }) => id !== null).map(toHit), considered, examined }
  }

  async #rows<Row>({ text, bindings }: Sql): Promise<Row[]> {
    const name = `search_${createHash('sha1').update(text).digest('base64url')}`
    const { rows } = await this.client.knexRawQuery(text, bindings as any[]).options({ name })
    return rows
  }
}

/** Equal scores stay equal whatever order they were summed up in. */
function round(score: number) {
  return Math.round(score * 10_000) / 10_000
}
