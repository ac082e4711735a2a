import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createUser, PASSWORD } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

const LOGIN = 'form[action*="/login"]'
const LOGOUT = 'form[action*="/logout"]'
const COOKIE = 'kirana_session'

async function logIn(username: string, password = PASSWORD, visitor = new Visitor()) {
  await visitor.visit('/login')
  const page = await visitor.submit(LOGIN, { username, password })
  return { visitor, page }
}

test.group('Sessions', (group) => {
  group.each.setup(emptyDatabase)

  test('log a customer in, whatever the case of the username', async ({ assert }) => {
    await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const { page } = await logIn('ASHA')
    assert.equal(page.path, '/shops')
    assert.include(page.text, 'Asha Verma')
  })

  test('lead an owner to their shops', async ({ assert }) => {
    await createOwner({ username: 'ramesh' })
    const { page } = await logIn('ramesh')
    assert.equal(page.path, '/owner/shops')
  })

  test('do not tell a wrong password from an unknown name', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const wrong = await logIn('asha', 'Wrong@1234')
    const unknown = await logIn('nobody', 'Wrong@1234')
    assert.equal(wrong.page.status, 422)
    assert.equal(unknown.page.status, 422)
    const message = (page: typeof wrong.page) => page.$('[role=alert]').text().replace(/\s+/g, ' ')
    assert.isAbove(message(wrong.page).length, 5)
    assert.equal(message(wrong.page), message(unknown.page))
    assert.equal(wrong.page.$('[name=username]').val(), 'asha')
    assert.notExists(wrong.page.$('[name=password]').attr('value') || null)
  })

  test('get a new id at login, and the old one is worth nothing', async ({ assert }) => {
    await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const visitor = new Visitor()
    await visitor.visit('/login')
    const before = visitor.cookies.get(COOKIE)
    await visitor.submit(LOGIN, { username: 'asha', password: PASSWORD })
    assert.notEqual(visitor.cookies.get(COOKIE), before)

    const thief = new Visitor()
    thief.cookies.set(COOKIE, before!)
    assert.notInclude((await thief.visit('/shops')).text, 'Asha Verma')
  })

  test('end at logout on the server too', async ({ assert }) => {
    await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const { visitor } = await logIn('asha')
    const stolen = visitor.cookies.get(COOKIE)!
    const page = await visitor.submit(LOGOUT)
    assert.notInclude(page.text, 'Asha Verma')

    const thief = new Visitor()
    thief.cookies.set(COOKIE, stolen)
    assert.notInclude((await thief.visit('/shops')).text, 'Asha Verma')
  })

  test('keep the cart of a guest who logs in', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const product = await createProduct({ name: 'Toor Dal' })
    const visitor = new Visitor()
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form[action*="/cart/items"]')
    await logIn('asha', PASSWORD, visitor)
    assert.include((await visitor.visit('/cart')).text, 'Toor Dal')
  })

  test('refuse to guess passwords for ever', async ({ assert }) => {
    await createUser({ username: 'asha' })
    for (let attempt = 0; attempt < 10; attempt++) await logIn('asha', 'Wrong@1234')
    const { page } = await logIn('asha')
    assert.equal(page.status, 429)
    assert.isAbove(Number(page.headers.get('retry-after')), 0)
  })

  test('do not show the login page to somebody who is logged in', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const { visitor } = await logIn('asha')
    assert.equal((await visitor.visit('/login')).path, '/shops')
  })
})
