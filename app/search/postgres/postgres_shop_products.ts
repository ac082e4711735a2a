import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { decodeCursor, isText, toPage } from '#models/keyset'
import Product, { PAGE_SIZE } from '#models/product'
import { conditionOf, type ProductFilter } from '#models/product_filter'
import { matchOf, type Match } from '#search/postgres/names'
import { Phrasings } from '#search/postgres/phrasings'
import { QueryReader } from '#search/query_reader'
import { ShopProducts } from '#search/shop_products'
import { fold } from '#text/fold'
import type { Replication } from '#replication/replication'
import type { Vocabulary } from '#search/postgres/vocabulary'
import type { Interpretation } from '#search/search_index'
import type { Understanding } from '#search/understanding/understanding'

/** Typing errors are forgiven when no more match as typed. */
const ENOUGH = 20

const KEY = [isScore, isText]

const WITH_WORDS = `
  SELECT p.id, name_key(p.name) AS key, known.words
  FROM products AS p
  JOIN search_names AS known ON known.kind = 'product'
    AND known.name = p.name COLLATE "C" AND known.detail = coalesce(p.name_hi, '') COLLATE "C"
  WHERE p.shop_id = ? AND known.words && ?::text[]`

interface Row {
  id: string
  key: string
  words: string[]
}

interface Found {
  id: string
  key: string
  score: number
}

/**
 * Customers search everywhere, best names first. A shop has few products: all those with a word that may be meant are
 * read, and matched in the same way.
 */
export class PostgresShopProducts extends ShopProducts {
  constructor(
    private replication: Replication,
    private understanding: Understanding,
    private vocabulary: Vocabulary
  ) {
    super()
  }

  async page(
    shopId: string,
    { q, cursor, filter = {}, size = PAGE_SIZE }: Parameters<ShopProducts['page']>[1],
    client: QueryClientContract = db.connection()
  ) {
    const where = conditionOf(filter)
    const { category } = filter
    if (!q) return Product.page(shopId, { cursor, size, category, where }, client)
    await this.vocabulary.load(this.replication)
    await this.vocabulary.refresh(client)
    const after = decodeCursor(cursor, KEY)
    const found = await this.#filtered(await this.#find(shopId, q, client), shopId, filter, client)
    const left = after ? found.filter((one) => compare(one, foundAt(after)) > 0) : found
    const shown = left.slice(0, size + 1)
    const ids = shown.map(({ id }) => id)
    const products = new Map(
      (await Product.query({ client }).whereIn('id', ids)).map((product) => [product.id, product])
    )
    const rows = shown.filter(({ id }) => products.has(id))
    const keyOf = ({ score, key }: Found) => [String(score), key]
    return toPage(rows, size, after, keyOf, ({ id }) => products.get(id)!.details)
  }

  async #filtered(
    found: Found[],
    shopId: string,
    filter: ProductFilter,
    client: QueryClientContract
  ) {
    const { category } = filter
    const where = conditionOf(filter)
    if (!category && !where) return found
    const ids = found.map(({ id }) => id)
    const products = await Product.query({ client })
      .select('id')
      .whereIn('id', ids)
      .if(category, (query) => query.where('category', category!))
      .if(where, (query) => query.whereRaw(where!, { shopId }))
    const shown = new Set(products.map(({ id }) => id))
    return found.filter(({ id }) => shown.has(id))
  }

  /** As typed, with typing errors when that is little, with parts left out when nothing matches. */
  async #find(shopId: string, q: string, client: QueryClientContract): Promise<Found[]> {
    const phrasings = new Phrasings(this.vocabulary)
    const reader = new QueryReader(phrasings, this.understanding, fold(q))
    if (reader.isEmpty) return []
    const forgiving = [...reader.asTyped, ...(await reader.forgiving())]
    const inPart = await reader.inPart()
    const ways = [reader.asTyped, forgiving, ...inPart.map((one) => [one])].map((interpretations) =>
      interpretations.flatMap((one) => candidatesOf(one, phrasings))
    )
    const words = new Set(ways.flat(3).map(({ word }) => word))
    const rows = await this.#rows(shopId, [...words], client)
    const [typed, ...others] = ways.map((way) => matching(rows, way.map(matchOf)))
    if (typed.length > ENOUGH) return typed
    return others.find(({ length }) => length > 0) ?? []
  }

  async #rows(shopId: string, words: string[], client: QueryClientContract): Promise<Row[]> {
    const { rows } = await client.knexRawQuery(WITH_WORDS, [shopId, words] as any[])
    return rows
  }
}

/** For each phrasing its words, each with the words of product names that may be meant. */
function candidatesOf(interpretation: Interpretation, phrasings: Phrasings) {
  return phrasings
    .of(interpretation)
    .map((phrasing) =>
      phrasing.map(({ candidates }) => candidates.filter(({ kind }) => kind === 'product'))
    )
    .filter((phrasing) => phrasing.every(({ length }) => length > 0))
}

function matching(rows: Row[], matches: Match[]): Found[] {
  return rows
    .map(({ id, key, words }) => {
      const score = Math.max(0, ...matches.map((match) => match(words) ?? 0))
      return { id, key, score: Math.round(score * 10_000) }
    })
    .filter(({ score }) => score > 0)
    .sort(compare)
}

function compare(a: Omit<Found, 'id'>, b: Omit<Found, 'id'>) {
  return b.score - a.score || (a.key < b.key ? -1 : Number(a.key > b.key))
}

function foundAt([score, key]: string[]) {
  return { score: Number(score), key }
}

function isScore(part: unknown): part is string {
  return typeof part === 'string' && /^\d{1,9}$/.test(part)
}
