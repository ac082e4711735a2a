import { test } from '@japa/runner'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const language = (page: { $: any }) => page.$('html').attr('lang')

test.group('Languages', () => {
  test("follow the browser's wish", async ({ assert }) => {
    assert.equal(
      language(await new Visitor({ 'accept-language': 'hi-IN,hi;q=0.9' }).visit('/')),
      'hi'
    )
    assert.equal(language(await new Visitor({ 'accept-language': 'en-IN' }).visit('/')), 'en')
    assert.equal(language(await new Visitor({ 'accept-language': 'ta' }).visit('/')), 'en')
    assert.equal(language(await new Visitor({}).visit('/')), 'en')
  })

  test('are switched by hand, and the choice is remembered', async ({ assert }) => {
    const visitor = new Visitor()
    await visitor.visit('/shops')
    const page = await visitor.submit('form[action*="/language"] button[value=hi]')
    assert.equal(page.path, '/shops')
    assert.equal(language(page), 'hi')
    assert.equal(language(await visitor.visit('/')), 'hi')
  })

  test('a cookie that was tampered with is no language', async ({ assert }) => {
    const visitor = new Visitor()
    visitor.cookies.set('locale', '../../etc')
    assert.equal((await visitor.visit('/')).status, 200)
  })
})

test.group('The language of an account', (group) => {
  let user: User

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser()
  })

  test('is that of the browser until one is chosen', async ({ assert }) => {
    for (const wish of ['hi', 'en']) {
      const visitor = await loggedIn(user, new Visitor({ 'accept-language': wish }))
      const page = await visitor.visit('/account')
      assert.equal(page.$('[name=locale]:checked').val(), wish)
      await visitor.submit('#details-form', { address: wish })
    }
    assert.isNull((await user.refresh()).locale)
  })

  test('is chosen on its page, which answers in it', async ({ assert }) => {
    const visitor = await loggedIn(user)
    await visitor.visit('/account')
    const page = await visitor.submit('#details-form', { locale: 'hi' })
    assert.equal(language(page), 'hi')
    assert.include(page.$('#status').text(), 'सेव हो गई')
    assert.equal((await user.refresh()).locale, 'hi')
  })

  test('is what was last switched to while logged in', async ({ assert }) => {
    const visitor = await loggedIn(user)
    await visitor.submit('form[action*="/language"] button[value=hi]')
    assert.equal((await user.refresh()).locale, 'hi')
  })

  test('comes along to the next browser, at login', async ({ assert }) => {
    await user.merge({ locale: 'hi' }).save()
    const visitor = await loggedIn(user, new Visitor({ 'accept-language': 'en' }))
    assert.equal(language(await visitor.visit('/shops')), 'hi')
  })

  test('is the language of what a login says, too', async ({ assert }) => {
    await user.merge({ locale: 'hi' }).save()
    const visitor = new Visitor({ 'accept-language': 'en' })
    await visitor.visit('/login')
    const typed = { username: user.username, password: PASSWORD }
    const page = await visitor.submit('form[action*="/login"]', typed)
    assert.equal(language(page), 'hi')
    assert.include(page.$('#status').text(), 'लॉग इन हो गए')
  })
})
