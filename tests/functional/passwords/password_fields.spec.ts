import { DateTime } from 'luxon'
import { test } from '@japa/runner'
import User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const ASHA = {
  username: 'asha.verma',
  role: 'customer',
  full_name: 'Asha Verma',
  address: '12 MG Road, Indore 452001',
  mobile: '9876543210',
}

const register = (password: string) =>
  new ApiClient().post('/api/register', { json: { ...ASHA, password } })

const tokenFor = (password: string) =>
  new ApiClient().post('/api/token', { form: { username: ASHA.username, password } })

test.group('A password', (group) => {
  group.each.setup(emptyDatabase)

  test('may be 128 characters long, all of which count', async ({ assert }) => {
    const long = 'kheer aur poori '.repeat(8)
    assert.lengthOf(long, 128)
    assert.equal((await register(long)).status, 201)
    assert.equal((await tokenFor(long)).status, 200)
    assert.equal((await tokenFor(`${long.slice(0, 127)}!`)).status, 400)
    assert.equal((await register(`${long}x`)).status, 400)
  })

  test('is of any characters, and counts as it was typed: {$self}')
    .with(['mangoes in may', '48205739', 'घर पर सब ठीक', '🍋🥭🍋🥭🍋🥭🍋🥭', 'CAPITALLETTER'])
    .run(async ({ assert }, password) => {
      assert.equal((await register(password)).status, 201)
      assert.equal((await tokenFor(password)).status, 200)
      const other =
        password.toUpperCase() === password ? password.toLowerCase() : password.toUpperCase()
      if (other !== password) assert.equal((await tokenFor(other)).status, 400)
    })

  test('of words that everybody here would try is refused', async ({ assert }) => {
    for (const password of ['Kirana@2026', 'kiranaghar', 'Customer#99']) {
      assert.equal((await register(password)).status, 400, password)
    }
  })

  test('holds for years', async ({ assert }) => {
    const user = await createUser()
    const longAgo = DateTime.now().minus({ years: 5 })
    await User.query().where('id', user.id).update({ created_at: longAgo, updated_at: longAgo })
    const visitor = await loggedIn(user)
    assert.equal((await visitor.visit('/orders')).status, 200)
  })

  test('is hidden while it is typed, and left to password managers', async ({ assert }) => {
    for (const [path, kind] of [
      ['/login', 'current-password'],
      ['/register/customer', 'new-password'],
      ['/register/shopowner', 'new-password'],
    ]) {
      const { $ } = await new Visitor().visit(path)
      for (const field of $('input[name^=password]').toArray()) {
        assert.equal(field.attribs.type, 'password')
        assert.equal(field.attribs.autocomplete, kind)
        assert.notExists(field.attribs.onpaste)
      }
    }
  })

  test('has no hint and no question beside it', async ({ assert }) => {
    const { $ } = await new Visitor().visit('/register/customer')
    const names = $('#account-form [name]')
      .map((_, field) => $(field).attr('name'))
      .get()
    assert.sameMembers(
      names.filter((name) => name !== 'form_key'),
      ['full_name', 'mobile', 'address', 'username', 'password', 'password_confirmation']
    )
  })
})
