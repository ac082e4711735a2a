import { createHash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { toProductHit, toShopHit } from '#search/hits'
import type { Sql } from '#search/postgres/sql'
import type { ProductHit, ShopHit } from '#search/search_engine'

/** Products checked against a condition. */
export interface Examined {
  /** Products that may satisfy it. */
  hits: ProductHit[]
  /** Number of products checked. */
  examined: number
}

/** Runs search statements on one client. */
export class Catalogue {
  constructor(private client: TransactionClientContract) {}

  async shops(statement: Sql): Promise<ShopHit[]> {
    return (await this.rows<any>(statement)).map((row) => toShopHit(row, row.score))
  }

  async products(statement: Sql): Promise<ProductHit[]> {
    return (await this.rows<any>(statement)).map((row) => toProductHit(row, row.score))
  }

  async examined(statement: Sql): Promise<Examined> {
    const rows = await this.rows<any>(statement)
    const hits = rows.filter(({ id }) => id !== null).map((row) => toProductHit(row, row.score))
    return { hits, examined: rows[0]?.examined ?? hits.length }
  }

  async rows<Row>({ text, bindings }: Sql): Promise<Row[]> {
    const { rows } = await this.client
      .knexRawQuery(text, bindings as any[])
      .options({ name: nameOf(text) })
    return rows
  }
}

const names = new LRUCache<string, string>({ max: 1_000 })

/** Named statements are planned once per connection; there are few distinct texts. */
function nameOf(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = `search_${createHash('sha256').update(text).digest('base64url')}`
    names.set(text, name)
  }
  return name
}
