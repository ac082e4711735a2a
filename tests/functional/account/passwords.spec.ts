import limiter from '@adonisjs/limiter/services/main'
import { test } from '@japa/runner'
import type User from '#models/user'
import { SESSION_COOKIE } from '#config/session'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const FORM = '#password-form'
const NEW = 'three words here'

test.group('Changing the password', (group) => {
  let user: User
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ username: 'asha', fullName: 'Asha Verma' })
    visitor = await loggedIn(user)
  })

  async function change(values: Record<string, string> = {}, by = visitor) {
    await by.visit('/account/password')
    return by.submit(FORM, {
      current_password: PASSWORD,
      password: NEW,
      password_confirmation: NEW,
      ...values,
    })
  }

  async function logIn(password: string) {
    const someone = new Visitor()
    await someone.visit('/login')
    return (await someone.submit('#session-form', { username: 'asha', password })).status
  }

  test('takes the new one from then on, and not the old one', async ({ assert }) => {
    const page = await change()
    assert.equal(page.path, '/account')
    assert.include(page.$('#status').text(), 'password is changed')
    assert.equal(await logIn(PASSWORD), 422)
    assert.equal(await logIn(NEW), 200)
  })

  test('keeps this session and its cart, under another id', async ({ assert }) => {
    const product = await createProduct({ name: 'Toor Dal' })
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit('form[action*="/cart/items"]')
    const before = visitor.cookies.get(SESSION_COOKIE)!
    await change()
    assert.include((await visitor.visit('/cart')).text, 'Toor Dal')
    assert.equal((await visitor.visit('/account')).path, '/account')
    const thief = new Visitor()
    thief.cookies.set(SESSION_COOKIE, before)
    assert.match((await thief.visit('/account')).path, /^\/login/)
  })

  test('ends the other sessions and every token, and nobody else loses theirs', async ({
    assert,
  }) => {
    const phone = await loggedIn(user)
    const program = await ApiClient.of(user)
    const meena = await createUser({ username: 'meena' })
    const other = await loggedIn(meena)
    const otherProgram = await ApiClient.of(meena)
    assert.equal((await program.get('/api/me')).status, 200)
    await change()
    assert.match((await phone.visit('/account')).path, /^\/login/)
    assert.equal((await program.get('/api/me')).status, 401)
    assert.equal((await other.visit('/account')).path, '/account')
    assert.equal((await otherProgram.get('/api/me')).status, 200)
  })

  test('takes it as typed, blanks and all', async ({ assert }) => {
    await change({ password: ' my pass word ', password_confirmation: ' my pass word ' })
    assert.equal(await logIn('my pass word'), 422)
    assert.equal((await change({ current_password: ' my pass word ' })).status, 200)
  })

  test('refuses a wrong old one at the field, changes nothing and shows none again', async ({
    assert,
  }) => {
    const phone = await loggedIn(user)
    const page = await change({ current_password: 'Wrong@1234' })
    assert.equal(page.status, 422)
    assert.match(page.$('title').text(), /^Error: /)
    assert.equal(page.$('[name=current_password]').attr('aria-invalid'), 'true')
    assert.include(page.$('#current_password-error').text(), 'not your current password')
    assert.notInclude(page.html, 'Wrong@1234')
    assert.notInclude(page.html, NEW)
    assert.equal((await phone.visit('/account')).path, '/account')
    assert.equal(await logIn(PASSWORD), 200)
  })

  test('answers under htmx with the form alone', async ({ assert }) => {
    await visitor.visit('/account/password')
    const { action, fields } = visitor.form(FORM)
    fields.set('current_password', 'Wrong@1234')
    fields.set('password', NEW)
    fields.set('password_confirmation', NEW)
    const fragment = await visitor.fragment('POST', action, fields)
    assert.equal(fragment.status, 422)
    assert.notInclude(fragment.html, '<html')
    assert.equal(fragment.$('[name=current_password]').attr('aria-invalid'), 'true')
  })

  test('asks of the new one what registration asks: {password}')
    .with([
      { password: 'short77', says: 'at least 8', field: 'password' },
      { password: 'Password1', says: 'tried first', field: 'password' },
      { password: 'ASHA.VERMA', says: 'not your username', field: 'password' },
      { password: 'three words', again: 'four words', says: 'not the same' },
    ])
    .run(async ({ assert }, { password, again = password, says }) => {
      await user.merge({ username: 'asha.verma' }).save()
      const page = await change({ password, password_confirmation: again })
      assert.equal(page.status, 422)
      assert.include(page.$('.field-error').text(), says)
      assert.isTrue(await (await user.refresh()).verifyPassword(PASSWORD))
    })

  test('is limited together with logins to the name', async ({ assert }) => {
    for (let guess = 0; guess < 5; guess++) {
      await change({ current_password: 'Wrong@1234' })
      await logIn('Wrong@1234')
    }
    const page = await change()
    assert.equal(page.status, 429)
    assert.isAbove(Number(page.headers.get('retry-after')), 0)
    assert.equal(await logIn(PASSWORD), 429)
  })

  test('is limited for one user, wherever they are', async ({ assert }) => {
    await limiter.use({ requests: 30, duration: '1 hour' }).set(`password:${user.id}`, 30, '1 hour')
    assert.equal((await change()).status, 429)
    assert.equal((await change({}, await loggedIn(await createUser()))).status, 200)
  })

  test('twice at once with the same old one happens once', async ({ assert }) => {
    const phone = await loggedIn(user)
    const other = 'quite other words'
    const pages = await Promise.all([
      change(),
      change({ password: other, password_confirmation: other }, phone),
    ])
    assert.lengthOf(
      pages.filter(({ path }) => path === '/account'),
      1
    )
  })
})
