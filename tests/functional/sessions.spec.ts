import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { announced } from '#tests/helpers/announcements'
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

  test('end when nobody has used them for 30 days', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const { visitor } = await logIn('asha')
    const { rows } = await db.rawQuery('SELECT expires_at - now() AS left FROM sessions')
    assert.equal(rows[0].left.days, 29)
    await db.from('sessions').update({ expires_at: new Date(Date.now() - 1_000) })
    await announced()
    assert.match((await visitor.visit('/orders')).path, /^\/login/)
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

test.group('Two logins that cross', (group) => {
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const product = await createProduct({ name: 'Toor Dal' })
    visitor = new Visitor()
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form[action*="/cart/items"]')
    await visitor.visit('/login')
  })

  const tap = (values: Record<string, string> = {}) => {
    const { action, fields } = visitor.form(LOGIN)
    const typed = { username: 'asha', password: PASSWORD, ...values }
    for (const [name, value] of Object.entries(typed)) fields.set(name, value)
    return visitor.send('POST', action, fields)
  }

  const sessionsOf = async (key: string) => {
    const rows: { data: string }[] = await db.from('sessions')
    return rows.filter(({ data }) => data.includes(key))
  }

  for (const parallel of [true, false]) {
    for (const order of ['first', 'second']) {
      test(`${parallel ? 'at once' : 'one after the other'}, with the answer of the ${order} last, end logged in, once, with the cart`, async ({
        assert,
      }) => {
        const first = tap()
        if (!parallel) await first
        const answers = await Promise.all([first, tap()])
        assert.deepEqual(
          answers.map(({ status }) => status),
          [303, 303]
        )
        if (order === 'first') answers.reverse()
        for (const answer of answers) visitor.keepCookies(answer)
        assert.include((await visitor.visit('/shops')).text, 'Asha Verma')
        assert.include((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
        assert.lengthOf(await sessionsOf('auth_web'), 1)
      })
    }
  }

  test('are joined by a third, and the session goes on for all of them', async ({ assert }) => {
    const answers = [await tap(), await tap(), await tap()]
    const ids = answers.map((answer) => {
      const jar = new Visitor()
      jar.keepCookies(answer)
      return jar.cookies.get(COOKIE)
    })
    assert.lengthOf(new Set(ids), 1)
    for (const answer of answers) visitor.keepCookies(answer)
    await visitor.visit('/cart')
    await visitor.submit('form[action*="/cart?_method=DELETE"]')
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })

  test('with a wrong password the second stays outside and changes nothing', async ({ assert }) => {
    const answers = [await tap(), await tap({ password: 'Wrong@1234' })]
    assert.equal(answers[1].status, 422)
    assert.notInclude(await answers[1].text(), 'Asha Verma')
    for (const answer of answers) visitor.keepCookies(answer)
    assert.include((await visitor.visit('/shops')).text, 'Asha Verma')
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })

  test('with the first password wrong, the second comes in with the cart', async ({ assert }) => {
    const answers = [await tap({ password: 'Wrong@1234' }), await tap()].reverse()
    for (const answer of answers) visitor.keepCookies(answer)
    assert.include((await visitor.visit('/shops')).text, 'Asha Verma')
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })

  test('of two people are two sessions, each with the cart of the guest', async ({ assert }) => {
    await createUser({ username: 'meena', fullName: 'Meena Joshi' })
    await tap()
    visitor.keepCookies(await tap({ username: 'meena' }))
    const page = await visitor.visit('/cart')
    assert.include(page.text, 'Meena Joshi')
    assert.include(page.$('main').text(), 'Toor Dal')
    assert.lengthOf(await sessionsOf('auth_web'), 2)
  })

  test('leave the browser a guest without a cart until it has their answers', async ({
    assert,
  }) => {
    const late = visitor.send('GET', '/cart')
    await tap()
    for (const path of ['/shops', '/cart', '/orders', '/login']) {
      const answer = await visitor.send('GET', path)
      const text = await answer.text()
      assert.notInclude(text, 'Asha Verma', path)
      assert.notInclude(text, 'Toor Dal', path)
      visitor.keepCookies(answer)
    }
    visitor.keepCookies(await late)
    assert.isFalse(visitor.cookies.has(COOKIE))
    const product = await createProduct()
    const fields = new URLSearchParams({ product_id: product.id })
    await visitor.send('POST', '/cart/items', fields)
    assert.lengthOf(await db.from('sessions'), 1)
  })

  test('after a minute are two sessions of the account, which has the cart', async ({ assert }) => {
    await tap()
    await db.rawQuery(`UPDATE left_sessions SET left_at = left_at - interval '61 seconds'`)
    visitor.keepCookies(await tap())
    assert.lengthOf(await sessionsOf('auth_web'), 2)
    assert.include((await visitor.visit('/shops')).text, 'Asha Verma')
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })

  test('do not come back into a session that was logged out meanwhile', async ({ assert }) => {
    const old = new Map(visitor.cookies)
    const login = visitor.page
    visitor.keepCookies(await tap())
    await visitor.visit('/shops')
    await visitor.submit(LOGOUT)
    visitor.cookies.clear()
    for (const [name, value] of old) visitor.cookies.set(name, value)
    visitor.page = login
    visitor.keepCookies(await tap())
    const page = await visitor.visit('/cart')
    assert.include(page.text, 'Asha Verma')
    assert.include(page.$('main').text(), 'Toor Dal')
  })

  test('an answer that was slow does not put the old id back', async ({ assert }) => {
    const late = await visitor.send('GET', '/shops')
    visitor.keepCookies(await tap())
    visitor.keepCookies(late)
    assert.include((await visitor.visit('/shops')).text, 'Asha Verma')
  })
})
