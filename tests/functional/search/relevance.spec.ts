import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import Product from '#models/product'
import { readGolden, readGoldenLanguages, type Judged } from '#bench/golden/read_golden'
import { relevanceOf } from '#bench/golden/relevance'
import { PRODUCTS } from '#database/demo/catalogue'
import { Replication } from '#replication/replication'
import { fitOf } from '#search/amount'
import { PostgresIndex } from '#search/postgres/postgres_index'
import { Search } from '#search/search'
import { searchFor, type ProductHit } from '#search/search_engine'
import { Understanding } from '#search/understanding/understanding'
import type { Quantity } from '#search/understanding/quantity'
import { emptyDatabase } from '#tests/helpers/database'
import { createShop } from '#tests/helpers/factories'

const ENOUGH = 0.9

/** Queries with an amount, and what the first result has to be called. */
const AMOUNTS: [q: string, amount: Quantity, name: RegExp][] = [
  ['besan 500g', { measure: 'weight', baseUnits: 500 }, /Besan/],
  ['5kg aata', { measure: 'weight', baseUnits: 5000 }, /Atta/],
  ['1 kg aata', { measure: 'weight', baseUnits: 1000 }, /Atta/],
  ['ek kilo chini', { measure: 'weight', baseUnits: 1000 }, /Sugar/],
  ['amul milk 1 litre', { measure: 'volume', baseUnits: 1000 }, /Amul.*Milk/],
  ['doodh 500 ml', { measure: 'volume', baseUnits: 500 }, /Milk/],
  ['ghee 500 ml', { measure: 'volume', baseUnits: 500 }, /Ghee/],
  ['घी १ लीटर', { measure: 'volume', baseUnits: 1000 }, /Ghee/],
  ['ande 6 piece', { measure: 'pieces', baseUnits: 6 }, /Eggs/],
  ['जीरा १०० ग्राम', { measure: 'weight', baseUnits: 100 }, /Jeera/],
]

test.group('Relevance for a shop that sells all of the demo catalogue', (group) => {
  group.setup(async () => {
    await emptyDatabase()
    const { id, name, city } = await createShop()
    const products = PRODUCTS.map((item) => {
      const { nameHi, brand, category, unit, pricePaise } = item
      const product = { name: item.name, nameHi, brand, category, unit, pricePaise }
      return { ...product, stock: 10, shopId: id, shopName: name, shopCity: city }
    })
    await Product.createMany(products)
  })
  group.teardown(() => emptyDatabase())

  const answersTo = async (queries: string[]) => {
    const replication = await app.container.make(Replication)
    const search = new Search(
      new PostgresIndex(replication),
      await app.container.make(Understanding)
    )
    const position = await replication.currentPosition()
    const answers = []
    for (const q of queries) {
      const query = searchFor({ q, type: 'product', grouped: true, size: 10 })
      const { value } = await search.resultsAt(query, position, position)
      answers.push(value.hits as ProductHit[])
    }
    return answers
  }

  const relevance = async (judged: Judged[]) => {
    const heldOut = judged.filter((one) => one.heldOut)
    const answers = await answersTo(heldOut.map(({ q }) => q))
    return relevanceOf(
      heldOut.map((one, at) => ({ judged: one, names: answers[at].map(({ name }) => name) }))
    ).ndcg
  }

  test('is what can be bought in the amount of the query', async ({ assert }) => {
    const answers = await answersTo(AMOUNTS.map(([q]) => q))
    for (const [at, [q, amount, name]] of AMOUNTS.entries()) {
      const [first] = answers[at]
      assert.match(first.name, name, q)
      assert.equal(fitOf(first, amount), 1, `${q} found ${first.name} ${first.unit}`)
    }
  }).timeout(60_000)

  test('is high for held-out queries in Hindi and English', async ({ assert }) => {
    assert.isAtLeast(await relevance(readGolden()), ENOUGH)
  }).timeout(60_000)

  for (const [language, judged] of readGoldenLanguages()) {
    test(`is high for held-out queries in "${language}"`, async ({ assert }) => {
      assert.isAtLeast(await relevance(judged), ENOUGH)
    }).timeout(60_000)
  }
})
