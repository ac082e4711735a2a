import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'

const headers = { 'idempotency-key': 'first-shop' }

test.group('An Idempotency-Key', (group) => {
  let client: ApiClient
  let products: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    client = await ApiClient.of(owner)
    products = `/api/shops/${(await createShop({ ownerId: owner.id })).id}/products`
  })

  const creations = () => [
    { path: '/api/shops', json: { name: 'Apna', city: 'Pune' }, other: { name: 'Apna Bazaar' } },
    { path: products, json: { name: 'Besan', price: 52.5 }, other: { price: 60 } },
  ]

  test('makes a shop and a product once, however often and at once it is sent', async ({
    assert,
  }) => {
    for (const { path, json, other } of creations()) {
      const send = (body: unknown) => client.post(path, { json: body, headers })
      const answers = await Promise.all([send(json), send(json), send(json)])
      answers.push(await send(json))
      for (const { status, body } of answers) {
        assert.equal(status, answers[0].status)
        assert.deepEqual(body, answers[0].body)
      }
      const { status, body } = await send({ ...json, ...other })
      assert.equal(status, 422)
      assert.equal(body.detail, 'This Idempotency-Key was used for another request')
    }
    assert.lengthOf((await client.get('/api/shops')).body, 2)
    assert.lengthOf((await client.get(products)).body, 1)
  })

  test('that is none is refused, and makes nothing', async ({ assert }) => {
    for (const { path, json } of creations()) {
      for (const key of ['', 'a'.repeat(201), 'first shop']) {
        const { status } = await client.post(path, { json, headers: { 'idempotency-key': key } })
        assert.equal(status, 400, key)
      }
    }
    assert.lengthOf((await client.get(products)).body, 0)
  })

  test('counts again when it is forgotten, and at once for what failed', async ({ assert }) => {
    const json = { name: 'Apna', city: 'Pune' }
    const first = await client.post('/api/shops', { json, headers })
    await db.from('form_submissions').delete()
    const second = await client.post('/api/shops', { json, headers })
    assert.notEqual(second.body.id, first.body.id)

    await client.post(products, { json: { name: 'Besan', price: 50 } })
    const taken = await client.post(products, { json: { name: 'besan', price: 60 }, headers })
    assert.equal(taken.status, 409)
    const free = await client.post(products, { json: { name: 'Suji', price: 60 }, headers })
    assert.equal(free.status, 201)
  })
})
