import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const ADD = 'form[action*="/cart/items"]'
const LOGOUT = 'form[action*="/logout"]'
const SESSION = 'kirana_session'

/** What a browser may keep: a language, a mark that it was used to log in, positions of the log, a notice. */
const MAY_STAY = /^(kirana_session|locale|known|seen_\w+|flash)$/

test.group('Logging out', (group) => {
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    const user = await createUser({ username: 'asha', fullName: 'Asha Verma' })
    const product = await createProduct({ name: 'Toor Dal' })
    visitor = await loggedIn(user)
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit(ADD)
  })

  test('leaves nothing of the person in the session', async ({ assert }) => {
    const [before] = await db.from('sessions').whereNotNull('user_id')
    await visitor.visit('/cart')
    const home = await visitor.submit(LOGOUT)

    assert.isNull(await db.from('sessions').where('id', before.id).first())
    assert.isNull(await db.from('sessions').whereNotNull('user_id').first())
    const sessions = await db.from('sessions')
    for (const { data } of sessions) {
      assert.notMatch(data, /Toor Dal|auth_web|written|"cart"/)
    }
    assert.notInclude(home.text, 'Asha Verma')
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })

  test('leaves nothing of the person in the browser', async ({ assert }) => {
    await visitor.visit('/cart')
    const { action, fields } = visitor.form(LOGOUT)
    const answer = await visitor.send('POST', action, fields)
    visitor.keepCookies(answer)
    for (const [name, value] of visitor.cookies) {
      assert.match(name, MAY_STAY)
      assert.notMatch(decodeURIComponent(value), /asha/i)
      const [, shown = ''] = decodeURIComponent(value).match(/^s:([^.]+)/) ?? []
      assert.notMatch(Buffer.from(shown, 'base64url').toString(), /asha/i)
    }
    const known = decodeURIComponent(visitor.cookies.get('known')!)
    assert.match(known, /^e:/, 'a mark that only the server can read')
  })

  test('leaves the cart with the account, where its person finds it', async ({ assert }) => {
    await visitor.visit('/cart')
    await visitor.submit(LOGOUT)
    await visitor.visit('/login')
    await visitor.submit('form[action*="/login"]', { username: 'asha', password: PASSWORD })
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })

  test('takes along what the browser had of a guest, and keeps no cookie of it', async ({
    assert,
  }) => {
    const guest = new Visitor()
    const rice = await createProduct({ name: 'Sona Masoori' })
    await guest.visit(`/shops/${rice.shopId}`)
    await guest.submit(ADD)
    for (const [name, value] of guest.cookies) {
      if (name.startsWith('cart_')) visitor.cookies.set(name, value)
    }
    await visitor.visit('/cart')
    await visitor.submit(LOGOUT)
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Sona Masoori')
    assert.notInclude((await guest.visit('/cart')).$('main').text(), 'Sona Masoori')
    await visitor.visit('/login')
    await visitor.submit('form[action*="/login"]', { username: 'asha', password: PASSWORD })
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Sona Masoori')
  })

  test('leaves no notice that was for the person', async ({ assert }) => {
    await visitor.visit('/shops')
    const { action, fields } = visitor.form(LOGOUT)
    const notice = await visitor.send('POST', '/login', new URLSearchParams())
    visitor.keepCookies(notice)
    visitor.keepCookies(await visitor.send('POST', action, fields))
    const home = await visitor.visit('/')
    assert.include(home.$('#status').text(), 'logged out')
    assert.equal((await visitor.visit('/')).$('#status').text().trim(), '')
  })

  test('gives the next person in this browser a session of their own', async ({ assert }) => {
    const before = visitor.cookies.get(SESSION)
    await visitor.visit('/cart')
    await visitor.submit(LOGOUT)
    const between = visitor.cookies.get(SESSION)
    assert.notEqual(between, before)
    await createUser({ username: 'meena', fullName: 'Meena Joshi' })
    await visitor.visit('/login')
    const page = await visitor.submit('form[action*="/login"]', {
      username: 'meena',
      password: PASSWORD,
    })
    assert.include(page.text, 'Meena Joshi')
    assert.notInclude((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })
})
