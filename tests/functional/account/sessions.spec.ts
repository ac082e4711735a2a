import { test } from '@japa/runner'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { SESSION_COOKIE } from '#config/session'
import { Visitor } from '#tests/helpers/visitor'

const EVERYWHERE = 'form[action*="/account/sessions"]'

test.group('Logging out everywhere', (group) => {
  let user: User
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ fullName: 'Asha Verma' })
    visitor = await loggedIn(user)
  })

  test('ends this session, the others and every token of the user', async ({ assert }) => {
    const phone = await loggedIn(user)
    const program = await ApiClient.of(user)
    const stolen = visitor.cookies.get(SESSION_COOKIE)!
    await visitor.visit('/account')
    const page = await visitor.submit(EVERYWHERE)
    assert.equal(page.path, '/')
    assert.include(page.$('#status').text(), 'logged out everywhere')
    assert.notInclude(page.text, 'Asha Verma')

    const thief = new Visitor()
    thief.cookies.set(SESSION_COOKIE, stolen)
    for (const someone of [visitor, phone, thief]) {
      assert.match((await someone.visit('/account')).path, /^\/login/)
    }
    assert.equal((await program.get('/api/me')).status, 401)
  })

  test('leaves nothing of the person in the browser, the cart neither', async ({ assert }) => {
    const product = await createProduct({ name: 'Toor Dal' })
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form[action*="/cart/items"]')
    await visitor.visit('/account')
    await visitor.submit(EVERYWHERE)
    assert.notInclude((await visitor.visit('/cart')).text, 'Toor Dal')
  })

  test('leaves other users alone, and the user logs in again', async ({ assert }) => {
    const other = await loggedIn(await createUser())
    await visitor.visit('/account')
    await visitor.submit(EVERYWHERE)
    assert.equal((await other.visit('/account')).path, '/account')
    assert.equal((await (await loggedIn(user)).visit('/account')).path, '/account')
  })
})
