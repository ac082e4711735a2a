import { test } from '@japa/runner'
import Khata from '#models/khata'
import KhataRequest from '#models/khata_request'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

test.group('Khatas by name', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma', mobile: '9876501234' })
    shop = await createShop({ ownerId: owner.id })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/khatas`
  })

  const typed = { customer_name: 'Ramesh', mobile: '+91 98765 43210', named_limit: '500' }

  test('the owner opens one, and records what was paid', async ({ assert }) => {
    await visitor.visit(path)
    const page = await visitor.submit('#named-form', typed)
    assert.equal(page.status, 200)
    assert.include(page.text, 'Khata of Ramesh')
    assert.include(page.text, 'Mobile: 9876543210')
    const khata = await Khata.firstOrFail()
    assert.deepInclude(khata.$attributes, { limitPaise: 50_000, customerId: null })
    assert.include((await visitor.visit(path)).text, 'Ramesh')
    await visitor.visit(`${path}/${khata.id}`)
    assert.equal((await visitor.submit('#limit-form', { limit: '750' })).status, 200)
    assert.equal((await khata.refresh()).limitPaise, 75_000)
    const closed = await visitor.submit('form[action$="/closing"]')
    assert.include(closed.text, 'You closed this khata')
  })

  test('what is wrong is said at the field, and nothing typed is lost', async ({ assert }) => {
    await openByName(shop.id, { mobile: '9876543210' })
    await visitor.visit(path)
    const taken = await visitor.submit('#named-form', typed)
    assert.equal(taken.status, 422)
    assert.lengthOf(taken.$('[name=mobile][aria-invalid=true]'), 1)
    assert.equal(taken.$('[name=customer_name]').val(), 'Ramesh')
    for (const [name, value] of [
      ['mobile', '12345'],
      ['customer_name', ''],
      ['named_limit', 'much'],
    ]) {
      const refused = await visitor.submit('#named-form', { ...typed, [name]: value })
      assert.equal(refused.status, 422)
      assert.lengthOf(refused.$(`[name=${name}][aria-invalid=true]`), 1)
    }
    assert.lengthOf(await Khata.all(), 1)
  })

  test('the customer joins it with the code that the shop hands over', async ({ assert }) => {
    const khata = await openByName(shop.id)
    await visitor.visit(`${path}/${khata.id}`)
    const made = await visitor.submit('form[action$="/codes"]')
    const [code] = made.text.match(/[2-9A-Z]{4}-[2-9A-Z]{4}/)!
    assert.include((await visitor.visit(path)).text, 'Code for Ramesh')
    const buyer = await loggedIn(customer)
    await buyer.visit('/khatas')
    const joined = await buyer.submit('#code-form', { code })
    assert.equal(joined.path, `/khatas/${khata.id}`)
    assert.include((await visitor.visit(path)).text, 'Asha Verma')
  })

  test('the customer asks, and the owner says which khata is theirs', async ({ assert }) => {
    const khata = await openByName(shop.id)
    const product = await createProduct({ shopId: shop.id })
    await createOrder({ customer, product })
    const buyer = await loggedIn(customer)
    await buyer.visit('/khatas')
    const asked = await buyer.submit('form[action$="/khata-requests"]')
    assert.include(asked.text, 'The shop is asked')
    assert.lengthOf(asked.$('form[action$="/khata-requests"]'), 0)
    const page = await visitor.visit(path)
    assert.include(page.text, '9876501234')
    const unchosen = await visitor.submit('form[action*="_method=PUT"]')
    assert.equal(unchosen.status, 422)
    assert.lengthOf(unchosen.$('[name=named_khata][aria-invalid=true]'), 1)
    const joined = await visitor.submit('form[action*="_method=PUT"]', { named_khata: khata.id })
    assert.include(joined.text, 'joined')
    assert.equal((await khata.refresh()).customerId, customer.id)
    assert.equal((await buyer.visit(`/khatas/${khata.id}`)).status, 200)
  })

  test('asking is possible at a shop that the customer comes from, and can be withdrawn', async ({
    assert,
  }) => {
    const buyer = await loggedIn(customer)
    assert.lengthOf((await buyer.visit('/khatas')).$('form[action$="/khata-requests"]'), 0)
    await buyer.visit(`/khatas?shop=${shop.id}`)
    await buyer.submit('form[action$="/khata-requests"]')
    const page = await buyer.submit('form[action*="/khata-requests/"]')
    assert.include(page.text, 'Request withdrawn')
    assert.notInclude((await visitor.visit(path)).text, '9876501234')
  })

  test('the owner declines, and learns no more than name and mobile', async ({ assert }) => {
    await KhataRequest.ask(shop, customer)
    const page = await visitor.visit(path)
    assert.notInclude(page.text, customer.username)
    await visitor.submit('form[action*="/khata-requests/"]')
    assert.equal((await KhataRequest.firstOrFail()).state, 'declined')
  })

  test('a request confirms no khata of another shop', async ({ assert }) => {
    const foreign = await openByName((await createShop()).id)
    const request = await KhataRequest.ask(shop, customer)
    const target = `/owner/shops/${shop.id}/khata-requests/${request.id}?_method=PUT`
    const body = new URLSearchParams({ named_khata: foreign.id })
    assert.equal((await visitor.request('POST', target, body)).status, 404)
    assert.isNull((await foreign.refresh()).customerId)
  })
})
