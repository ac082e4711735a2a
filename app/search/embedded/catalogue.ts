import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Candidate, Kind } from '#search/embedded/candidates'
import { facetsOf, type FacetCount } from '#search/embedded/statements/facets'
import * as hitStatements from '#search/embedded/statements/hits'
import * as suggestionStatements from '#search/embedded/statements/suggestions'
import * as wordStatements from '#search/embedded/statements/words'
import type { Condition, ProductScope, Scope } from '#search/embedded/statements/hits'
import type { SuggestedProduct } from '#search/embedded/statements/suggestions'
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

/** What is for sale where, read through one client: the statements and what their rows mean. */
export class Catalogue {
  constructor(private client: TransactionClientContract) {}

  /** How many names contain a word of the vocabulary, counted up to a limit. */
  async namesWith(words: { kind: Kind; word: string }[]) {
    type Row = { kind: Kind; word: string; names: number }
    const rows = words.length > 0 ? await this.#rows<Row>(wordStatements.namesWith(words)) : []
    const counts = new Map(rows.map(({ kind, word, names }) => [`${kind} ${word}`, names]))
    return ({ kind, word }: { kind: Kind; word: string }) => counts.get(`${kind} ${word}`) ?? 0
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

  productsNamed(names: Names, scope: ProductScope & { condition?: Condition }) {
    return this.#products(hitStatements.productsNamed(names, scope))
  }

  productsOfShopsNamed(names: Names, scope: ProductScope & { condition?: Condition }) {
    return this.#products(hitStatements.productsOfShopsNamed(names, scope))
  }

  async productsInCities(scope: ProductScope & { cities: City[] }) {
    return (await this.#products(hitStatements.productsInCities(scope))).hits
  }

  /** How many products of these names there are, by what they have in common. */
  async facets(names: ProductHit[], scope: ProductScope): Promise<FacetCount[]> {
    return this.#rows<FacetCount>(facetsOf(names, scope))
  }

  /** Names of products in the order given, as far as there is a product of that name. */
  productsSuggested(names: Names, scope: Scope) {
    return this.#rows<SuggestedProduct>(suggestionStatements.products(names, scope))
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
      offers: [],
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
