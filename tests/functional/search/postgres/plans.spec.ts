import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { runDemoSeed } from '#database/demo/run'
import { PostgresIndex } from '#search/postgres/postgres_index'
import { Search } from '#search/search'
import type { Read, Replication } from '#replication/replication'
import { searchFor, type SearchQuery } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'
import { emptyDatabase } from '#tests/helpers/database'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

interface Node {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Plans'?: Node[]
}

/** How many rows of products a search reads. */
async function rowsRead(query: Partial<SearchQuery>) {
  return db.transaction(async (client) => {
    const statements: { sql: string; bindings: any[] }[] = []
    const listening = {
      knexRawQuery(sql: string, bindings: any[]) {
        statements.push({ sql, bindings })
        return client.knexRawQuery(sql, bindings)
      },
    } as unknown as TransactionClientContract
    const search = new Search(
      new PostgresIndex(readingThrough(listening)),
      await app.container.make(Understanding)
    )
    await search.index.reach(0n)
    const { count } = (await search.resultsAt(searchFor(query), 0n, 0n)).value
    let rows = 0
    for (const { sql, bindings } of statements) {
      const answer = await client.rawQuery(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, bindings)
      rows += productsIn(answer.rows[0]['QUERY PLAN'][0].Plan)
    }
    return { count, rows }
  })
}

/** Reads through one client. */
function readingThrough(client: TransactionClientContract) {
  return {
    readAt: async (_needed: unknown, read: Read<any>) => ({
      value: await read(client),
      latest: 0n,
      isSettled: true,
    }),
  } as unknown as Replication
}

function productsIn(node: Node): number {
  const own =
    node['Relation Name'] === 'products'
      ? (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']
      : 0
  return own + (node.Plans ?? []).reduce((sum, plan) => sum + productsIn(plan), 0)
}

test.group('What a search reads of 20,000 products', (group) => {
  group.setup(async () => {
    await emptyDatabase()
    const hash = await app.container.make('hash')
    const size = { owners: 200, customers: 1, shopsPerOwner: 5, productsPerShop: 20, seed: 1 }
    await runDemoSeed({ db, hash }, { ...size, password: 'Pass@1234' })
    return emptyDatabase
  })

  test('is less than {most} rows for "{q}"')
    .with([
      { q: 'rice', most: 500 },
      { q: 'powder', most: 500 },
      { q: 'milk', city: 'Delhi', most: 500 },
      { q: 'kirana', most: 1_000 },
      { q: 'store', type: 'product' as const, most: 1_000 },
      { q: 'bas', most: 1_000 },
      { q: 'm', most: 2_000 },
      { q: 'besn', most: 500 },
      { q: 'चावल', most: 500 },
      { q: 'amul milk', most: 500 },
      { q: 'sharma kirana store', most: 1_000 },
      { q: 'milk kirana', most: 1_000 },
    ])
    .run(async ({ assert }, { most, ...query }) => {
      const { count, rows } = await rowsRead(query)
      assert.equal(count, 20)
      assert.isBelow(rows, most)
    })

  test('is less than {most} rows of goods in an amount or sorted otherwise, for "{q}"')
    .with([
      { q: 'rice 500 g', most: 1_500 },
      { q: 'milk 500 ml', city: 'Delhi', most: 1_500 },
      { q: 'rice', order: 'unit_price' as const, most: 1_500 },
      { q: 'powder', order: 'unit_price' as const, most: 1_500 },
      { q: 'milk', city: 'Delhi', order: 'unit_price' as const, most: 1_500 },
    ])
    .run(async ({ assert }, { most, ...query }) => {
      for (const grouped of [false, true]) {
        const { rows } = await rowsRead({ ...query, grouped, type: 'product' })
        assert.isBelow(rows, most)
      }
    })

  test('is bounded when few products have words of both kinds', async ({ assert }) => {
    const { rows } = await rowsRead({ q: 'milk annapurna trading', type: 'product' })
    assert.isBelow(rows, 10_000)
  })

  test('is nothing for nonsense', async ({ assert }) => {
    assert.deepEqual(await rowsRead({ q: 'qwertyuiop' }), { count: 0, rows: 0 })
  })
})
