import { test } from '@japa/runner'
import Shop from '#models/shop'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { ask } from '#tests/helpers/raw_request'
import { FROM_OUR_PAGES } from '#tests/helpers/visitor'

const FORM = 'application/x-www-form-urlencoded'

test.group('Methods of forms', (group) => {
  let shop: Shop
  group.each.setup(emptyDatabase)
  group.each.setup(async () => {
    shop = await createShop({ ownerId: (await createOwner()).id })
  })

  test('a form says in its address which method it means', async ({ assert }) => {
    const owner = await loggedIn(await shop.related('owner').query().firstOrFail())
    await owner.visit(`/owner/shops/${shop.id}/edit`)
    await owner.submit('form[action*="_method=PUT"]', { name: 'Gupta & Sons' })
    assert.equal((await shop.refresh()).name, 'Gupta & Sons')
  })

  test('only a post of a form can, and only to put or delete', async ({ assert }) => {
    const { cookieHeader: cookie } = await loggedIn(
      await shop.related('owner').query().firstOrFail()
    )
    const path = `/owner/shops/${shop.id}`
    const sent = { cookie, ...FROM_OUR_PAGES }
    for (const [method, query, type] of [
      ['GET', '?_method=DELETE', FORM],
      ['POST', '?_method=DELETE', 'application/json'],
      ['POST', '?_method=DELETE', 'text/plain'],
      ['POST', '?_method=PATCH', FORM],
      ['POST', '?_method[]=DELETE', FORM],
      ['POST', '', FORM],
    ]) {
      const headers = { ...sent, 'content-type': type, 'content-length': '14' }
      const body = Buffer.from('_method=DELETE')
      const { status } = await ask({ method, path: path + query, headers, body })
      assert.equal(status, method === 'GET' ? 200 : 404, `${method} ${query} ${type}`)
    }
    assert.isNull((await shop.refresh()).closedAt)
  })

  test('programs have the methods themselves', async ({ assert }) => {
    const { token } = await ApiClient.of(await shop.related('owner').query().firstOrFail())
    const headers = {
      'authorization': `Bearer ${token}`,
      'content-type': FORM,
      'content-length': '3',
    }
    const path = `/api/shops/${shop.id}?_method=DELETE`
    const { status } = await ask({ method: 'POST', path, headers, body: Buffer.from('a=b') })
    assert.equal(status, 405)
    assert.isNotNull(await Shop.find(shop.id))
  })
})
