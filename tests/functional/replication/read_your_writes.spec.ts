import { test } from '@japa/runner'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { ownCluster, pauseReplay, resumeReplay } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const ROUNDS = 20

/** The standby's replay is paused throughout. */
test.group('While the replica stands still', (group) => {
  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))

  let owner: User
  let product: Product

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, name: 'Rajma', pricePaise: 100 })
    await pauseReplay()
    return resumeReplay
  })

  test('an owner sees each new price on the very next page, whichever it is', async ({
    assert,
  }) => {
    const { shopId, id } = product
    const visitor = await loggedIn(owner)
    const customer = new Visitor()
    const pages = [
      `/owner/shops/${shopId}`,
      `/owner/shops/${shopId}/products/${id}`,
      `/shops/${shopId}`,
      '/search?q=rajma',
    ]
    for (let round = 0; round < ROUNDS; round++) {
      const price = String(701 + round)
      await customer.visit(`/shops/${shopId}`)
      await visitor.visit(`/owner/shops/${shopId}/products/${id}/edit`)
      const { action, fields } = visitor.form(`form[action*="/products/${id}"]`)
      fields.set('price', price)
      await visitor.fragment('POST', action, fields)
      const page = pages[round % pages.length]
      const { $, text } = await visitor.visit(page)
      assert.include(text + $('main input[name=price]').val(), price, `${page} in round ${round}`)
    }
  }).timeout(30_000)

  test('who has just registered is known at once', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit('/register/customer')
    const page = await visitor.submit('form[action*="/register/"]', {
      username: 'meena',
      password: PASSWORD,
      password_confirmation: PASSWORD,
      full_name: 'Meena Joshi',
      address: '4 Station Road, Ujjain 456001',
      mobile: '9876501234',
    })
    assert.equal(page.status, 200)
    assert.include((await visitor.visit('/shops')).text, 'Meena Joshi')
  })
})
