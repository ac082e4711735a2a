import { test } from '@japa/runner'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser } from '#tests/helpers/factories'

test.group('API search', (group) => {
  let client: ApiClient

  group.each.setup(async () => {
    await emptyDatabase()
    client = await ApiClient.of(await createUser())
  })

  test('finds what a client that leaves fields empty asks for', async ({ assert }) => {
    const { shopId } = await createProduct({ name: 'Besan' })
    await createProduct({ name: 'Besan Laddu', shopId })
    await eventually(async () => {
      const { status, body } = await client.get('/api/search?q=besan&type=&city=&size=')
      assert.equal(status, 200)
      assert.equal(body.results.length, 2)
    })
  })

  test('takes a comma as text, as axios sends it', async ({ assert }) => {
    for (const query of ['q=besan,atta', 'q=besan&city=Camp,Pune']) {
      assert.equal((await client.get(`/api/search?${query}`)).status, 200, query)
    }
  })

  test('names the field that makes no sense', async ({ assert }) => {
    for (const [query, field] of [
      ['q=', 'q'],
      ['q=%20', 'q'],
      ['q=besan&type=order', 'type'],
      ['q=besan&size=ten', 'size'],
    ]) {
      const { status, body } = await client.get(`/api/search?${query}`)
      assert.equal(status, 422, query)
      assert.equal(body.errors[0].field, field, query)
    }
  })
})
