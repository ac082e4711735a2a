import { setTimeout as delay } from 'node:timers/promises'
import { test } from '@japa/runner'
import Product from '#models/product'
import { caching, newSession } from '#tests/helpers/caching'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'

const CROWD = 1_000

test.group('A crowd at one page', (group) => {
  group.each.setup(emptyDatabase)

  test('costs one query', async ({ assert }) => {
    const product = await createProduct({ pricePaise: 100 })
    await standbyCaughtUp()
    const { readThrough } = await caching()
    let queries = 0
    const visit = () =>
      readThrough.get('products:busy', '', newSession(), async (client) => {
        queries++
        await delay(20)
        return (await Product.findOrFail(product.id, { client })).pricePaise
      })
    const crowd = () => Promise.all(Array.from({ length: CROWD }, visit))

    assert.isTrue((await crowd()).every((price) => price === 100))
    assert.equal(queries, 1)
    await crowd()
    assert.equal(queries, 1)
  })

  test('gets an error each when the one query fails, and the next visitor tries again', async ({
    assert,
  }) => {
    const { readThrough } = await caching()
    let queries = 0
    const visit = (sql: string) =>
      readThrough.get('products:busy', '', newSession(), async (client) => {
        queries++
        return (await client.rawQuery(sql)).rows
      })
    const crowd = Array.from({ length: 50 }, () => visit('SELECT FROM nowhere'))
    const results = await Promise.allSettled(crowd)
    assert.isTrue(results.every(({ status }) => status === 'rejected'))
    assert.isAtMost(queries, 2)
    assert.deepEqual(await visit('SELECT 1 AS one'), [{ one: 1 }])
  })
})
