import { createHash } from 'node:crypto'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { facetsOf, type FacetCount } from '#search/embedded/statements/facets'
import * as hitStatements from '#search/embedded/statements/hits'
import * as suggestionStatements from '#search/embedded/statements/suggestions'
import type { Condition, ProductScope, Scope } from '#search/embedded/statements/hits'
import type { SuggestedProduct } from '#search/embedded/statements/suggestions'
import type { City } from '#search/embedded/statements/leads'
import type { Lead } from '#search/embedded/names'
import type { Sql } from '#search/embedded/sql'
import type { ProductHit, ShopHit } from '#search/search_engine'

/** Products that were looked at for a condition. */
export interface Examined {
  /** Those that may meet it. */
  hits: ProductHit[]
  /** How many were looked at. */
  examined: number
}

/** What is for sale where, read through one client: the statements and what their rows mean. */
export class Catalogue {
  constructor(private client: TransactionClientContract) {}

  /** Shops of these names, the best first. */
  shopsNamed(leads: Lead[], limit: number): Promise<ShopHit[]> {
    return this.#shops(hitStatements.shopsNamed(leads, limit))
  }

  shopsInCities(scope: Scope & { cities: City[] }): Promise<ShopHit[]> {
    return this.#shops(hitStatements.shopsInCities(scope))
  }

  /** Products of these names, the best first. */
  productsNamed(leads: Lead[], scope: ProductScope): Promise<ProductHit[]> {
    return this.#products(hitStatements.productsNamed(leads, scope))
  }

  /** Products of these names that may be sold in the shops of the condition. */
  productsNamedIn(leads: Lead[], scope: ProductScope, condition: Condition) {
    return this.#examined(hitStatements.productsNamed(leads, { ...scope, condition }))
  }

  /** Products of the shops of these names. */
  productsOfShopsNamed(leads: Lead[], scope: ProductScope): Promise<ProductHit[]> {
    return this.#products(hitStatements.productsOfShopsNamed(leads, scope))
  }

  /** Products of the shops of these names that may have the names of the condition. */
  productsOfShopsNamedIn(leads: Lead[], scope: ProductScope, condition: Condition) {
    return this.#examined(hitStatements.productsOfShopsNamed(leads, { ...scope, condition }))
  }

  productsInCities(scope: ProductScope & { cities: City[] }): Promise<ProductHit[]> {
    return this.#products(hitStatements.productsInCities(scope))
  }

  /** How many products of these names there are, by what they have in common. */
  facets(names: ProductHit[], scope: ProductScope): Promise<FacetCount[]> {
    return this.#rows<FacetCount>(facetsOf(names, scope))
  }

  /** Of these names those of products that are for sale. */
  productsSuggested(leads: Lead[], scope: Scope): Promise<SuggestedProduct[]> {
    return this.#rows<SuggestedProduct>(suggestionStatements.products(leads, scope))
  }

  async #shops(statement: Sql): Promise<ShopHit[]> {
    const rows = await this.#rows<any>(statement)
    return rows.map(({ id, name, city, score }) => {
      return { type: 'shop', id, name, city, score: round(score) }
    })
  }

  async #products(statement: Sql): Promise<ProductHit[]> {
    return (await this.#rows<any>(statement)).map(toProduct)
  }

  async #examined(statement: Sql): Promise<Examined> {
    const rows = await this.#rows<any>(statement)
    const hits = rows.filter(({ id }) => id !== null).map(toProduct)
    return { hits, examined: rows[0]?.examined ?? hits.length }
  }

  async #rows<Row>({ text, bindings }: Sql): Promise<Row[]> {
    const { rows } = await this.client
      .knexRawQuery(text, bindings as any[])
      .options({ name: nameOf(text) })
    return rows
  }
}

const names = new Map<string, string>()

/** A statement with a name is planned once for each connection. There are few different texts. */
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `search_${createHash('sha256').update(text).digest('base64url')}`
    names.set(text, name)
  }
  return name
}

function toProduct(row: any): ProductHit {
  return {
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
  }
}

/** Equal scores stay equal whatever order they were summed up in. */
export function round(score: number) {
  return Math.round(score * 10_000) / 10_000
}
