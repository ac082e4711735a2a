import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import Product from '#models/product'
import { readGolden, readGoldenLanguages, type Judged } from '#bench/golden/read_golden'
import { relevanceOf } from '#bench/golden/relevance'
import { PRODUCTS } from '#database/demo/catalogue'
import { Replication } from '#replication/replication'
import { PostgresIndex } from '#search/postgres/postgres_index'
import { Search } from '#search/search'
import { searchFor } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'
import { emptyDatabase } from '#tests/helpers/database'
import { createShop } from '#tests/helpers/factories'

const ENOUGH = 0.9

test.group('Relevance for a shop that sells all of the demo catalogue', (group) => {
  group.setup(async () => {
    await emptyDatabase()
    const { id, name, city } = await createShop()
    const products = PRODUCTS.map(({ everyday: _, ...product }) => {
      return { ...product, stock: 10, shopId: id, shopName: name, shopCity: city }
    })
    await Product.createMany(products)
  })
  group.teardown(() => emptyDatabase())

  const relevance = async (judged: Judged[]) => {
    const replication = await app.container.make(Replication)
    const search = new Search(
      new PostgresIndex(replication),
      await app.container.make(Understanding)
    )
    const position = await replication.currentPosition()
    const answers = []
    for (const one of judged.filter(({ heldOut }) => heldOut)) {
      const query = searchFor({ q: one.q, type: 'product', grouped: true, size: 10 })
      const { value } = await search.resultsAt(query, position, position)
      answers.push({ judged: one, names: value.hits.map((hit) => hit.name) })
    }
    return relevanceOf(answers).ndcg
  }

  test('is high for held-out queries in Hindi and English', async ({ assert }) => {
    assert.isAtLeast(await relevance(readGolden()), ENOUGH)
  }).timeout(60_000)

  for (const [language, judged] of readGoldenLanguages()) {
    test(`is high for held-out queries in "${language}"`, async ({ assert }) => {
      assert.isAtLeast(await relevance(judged), ENOUGH)
    }).timeout(60_000)
  }
})
