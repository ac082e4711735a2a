import { test } from '@japa/runner'
import Shop from '#models/shop'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

test.group("Owner's shops", (group) => {
  group.each.setup(emptyDatabase)

  test('begin with an empty dashboard that leads to the first shop', async ({ assert }) => {
    const visitor = await loggedIn(await createOwner())
    assert.equal(visitor.page!.path, '/owner/shops')
    assert.isAbove(visitor.page!.$('a[href="/owner/shops/create"]').length, 0)
  })

  test('are opened, renamed and deleted', async ({ assert }) => {
    const visitor = await loggedIn(await createOwner())
    await visitor.visit('/owner/shops/create')
    const opened = await visitor.submit('form[action="/owner/shops"]', {
      name: 'Gupta Kirana',
      city: 'Indore',
      pin_code: '452 001',
    })
    assert.include(opened.text, 'Gupta Kirana')
    const shop = await Shop.firstOrFail()
    assert.equal(shop.pinCode, '452001')

    await visitor.visit(`/owner/shops/${shop.id}/edit`)
    const renamed = await visitor.submit(`form[action*="_method=PUT"]`, { name: 'Gupta & Sons' })
    assert.include(renamed.text, 'Gupta & Sons')

    await visitor.visit(`/owner/shops/${shop.id}/edit`)
    const closed = await visitor.submit(`form[action*="_method=DELETE"]`)
    assert.equal(closed.path, '/owner/shops')
    assert.isNull(await Shop.first())
  })

  test('show their own change at once, every time', async ({ assert }) => {
    const owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    const visitor = await loggedIn(owner)
    for (let turn = 0; turn < 10; turn++) {
      await visitor.visit(`/owner/shops/${shop.id}/edit`)
      await visitor.submit('form[action*="_method=PUT"]', { name: `Gupta ${turn}` })
      assert.include((await visitor.visit(`/shops/${shop.id}`)).text, `Gupta ${turn}`)
    }
  })

  test('are answered at the field when something is wrong', async ({ assert }) => {
    const visitor = await loggedIn(await createOwner())
    for (const [field, value] of [
      ['name', ''],
      ['name', 'a'.repeat(10_000)],
      ['city', ' '],
      ['pin_code', '12'],
      ['pin_code', '012345'],
    ]) {
      await visitor.visit('/owner/shops/create')
      const page = await visitor.submit('form[action="/owner/shops"]', {
        name: 'Gupta Kirana',
        city: 'Indore',
        pin_code: '',
        [field]: value,
      })
      assert.equal(page.status, 422, `${field} ${value}`)
      assert.equal(page.$(`[name=${field}]`).attr('aria-invalid'), 'true', `${field} ${value}`)
    }
    assert.isNull(await Shop.first())
  })

  test('do not exist for a stranger, who cannot see, change or delete them', async ({ assert }) => {
    const product = await createProduct()
    const visitor = await loggedIn(await createOwner())
    const shop = `/owner/shops/${product.shopId}`
    const attempts: [string, string][] = [
      ['GET', shop],
      ['GET', `${shop}/edit`],
      ['PUT', shop],
      ['DELETE', shop],
      ['POST', `${shop}/reopening`],
      ['GET', `${shop}/products/create`],
      ['POST', `${shop}/products`],
      ['GET', `${shop}/products/${product.id}`],
      ['GET', `${shop}/products/${product.id}/edit`],
      ['PUT', `${shop}/products/${product.id}`],
      ['DELETE', `${shop}/products/${product.id}`],
      ['PUT', `${shop}/products/${product.id}/stock`],
    ]
    for (const [method, path] of attempts) {
      const body = method === 'GET' ? undefined : new URLSearchParams({ name: 'Mine' })
      const { status } = await visitor.request(method, path, body)
      assert.equal(status, 404, `${method} ${path}`)
    }
    assert.isNotNull(await Shop.find(product.shopId))
  })

  test('a product of another shop is not found through an own shop', async ({ assert }) => {
    const owner = await createOwner()
    const own = await createShop({ ownerId: owner.id })
    const foreign = await createProduct()
    const visitor = await loggedIn(owner)
    const { status } = await visitor.visit(`/owner/shops/${own.id}/products/${foreign.id}/edit`)
    assert.equal(status, 404)
  })

  test('ask guests to log in, and do not exist for customers', async ({ assert }) => {
    assert.match((await new Visitor().visit('/owner/shops')).path, /^\/login\?return_to=/)
    const customer = await loggedIn(await createUser())
    assert.equal((await customer.visit('/owner/shops')).status, 404)
    const body = new URLSearchParams({
      name: 'Mine',
      city: 'Pune',
    })
    assert.equal((await customer.request('POST', '/owner/shops', body)).status, 404)
    assert.isNull(await Shop.first())
  })
})
