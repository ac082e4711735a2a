import { test } from '@japa/runner'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'
import { issueToken } from '#api/token_users'

const FORM = '#details-form'

test.group('My account', (group) => {
  let user: User
  let visitor: Visitor

  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ username: 'asha', fullName: 'Asha Verma' })
    visitor = await loggedIn(user)
  })

  for (const [role, create] of [
    ['a customer', createUser],
    ['an owner', createOwner],
  ] as const) {
    test(`is reached from every page by ${role}, in both languages`, async ({ assert }) => {
      const person = await create({ fullName: 'Meena Joshi', mobile: '9123456780' })
      for (const [language, words] of [
        ['en', 'My account'],
        ['hi', 'मेरा अकाउंट'],
      ]) {
        const someone = await loggedIn(person, new Visitor({ 'accept-language': language }))
        const { $ } = await someone.visit('/shops')
        assert.equal($('header a[href="/account"]').text().trim(), words)
        const page = await someone.visit('/account')
        assert.equal(page.$('h1').text(), words)
        assert.equal(page.$('[name=full_name]').val(), 'Meena Joshi')
        assert.equal(page.$('[name=mobile]').val(), '9123456780')
        assert.include(page.$('main').text(), person.username)
      }
    })
  }

  for (const path of ['/account', '/account/password']) {
    test(`asks a guest at ${path} to log in, and leads back`, async ({ assert }) => {
      const guest = new Visitor()
      const login = await guest.visit(path)
      assert.equal(login.path, `/login?return_to=${encodeURIComponent(path)}`)
      const page = await guest.submit('#session-form', {
        username: 'asha',
        password: 'Pass@1234',
      })
      assert.equal(page.path, path)
    })
  }

  test('is changed by nobody who is not logged in', async ({ assert }) => {
    const guest = new Visitor()
    const fields = { full_name: 'Mallory', address: 'x' }
    for (const [method, path] of [
      ['PUT', '/account'],
      ['PUT', '/account/password'],
      ['DELETE', '/account/sessions'],
    ]) {
      const page = await guest.request(method, path, new URLSearchParams(fields))
      assert.equal(page.path, '/login', path)
    }
    assert.equal((await user.refresh()).fullName, 'Asha Verma')
  })

  test('keeps what was changed, the mobile as its ten digits', async ({ assert }) => {
    await visitor.visit('/account')
    const page = await visitor.submit(FORM, {
      full_name: '  Asha Sharma ',
      address: '4 Station Road, Ujjain 456001',
      mobile: '+91 91234 56780',
    })
    assert.equal(page.path, '/account')
    assert.include(page.$('#status').text(), 'saved')
    assert.include(page.$('header').text(), 'Asha Sharma')
    await user.refresh()
    assert.equal(user.fullName, 'Asha Sharma')
    assert.equal(user.address, '4 Station Road, Ujjain 456001')
    assert.equal(user.mobile, '9123456780')
  })

  test('changes neither username nor role when they are sent too', async ({ assert }) => {
    await visitor.visit('/account')
    await visitor.submit(FORM, { full_name: 'Asha S', username: 'admin', role: 'shopowner' })
    await user.refresh()
    assert.deepEqual([user.fullName, user.username, user.role], ['Asha S', 'asha', 'customer'])
  })

  test('is read by programs at once, with a token that was cached', async ({ assert }) => {
    const token = (await issueToken(user)).value!.release()
    const api = new ApiClient(token)
    assert.equal((await api.get('/api/me')).body.full_name, 'Asha Verma')
    await visitor.visit('/account')
    await visitor.submit(FORM, { full_name: 'Asha Sharma' })
    assert.equal((await api.get('/api/me')).body.full_name, 'Asha Sharma')
  })

  for (const [field, typed] of [
    ['full_name', ' '],
    ['full_name', 'a'.repeat(101)],
    ['address', 'Indore\u0000'],
    ['mobile', '12345'],
    ['mobile', '59876 54321'],
    ['locale', 'fr'],
  ]) {
    const name = JSON.stringify(typed.slice(0, 12))
    test(`answers ${field} ${name} at the field, and keeps what was typed`, async ({ assert }) => {
      await visitor.visit('/account')
      const page = await visitor.submit(FORM, { full_name: 'Asha S', [field]: typed })
      assert.equal(page.status, 422)
      assert.match(page.$('title').text(), /^Error: /)
      assert.isNotEmpty(page.$(`#${field}-error`).text())
      if (field !== 'full_name') assert.equal(page.$('[name=full_name]').val(), 'Asha S')
      assert.equal((await user.refresh()).fullName, 'Asha Verma')
    })
  }

  test('answers under htmx with the form alone', async ({ assert }) => {
    await visitor.visit('/account')
    const { action, fields } = visitor.form(FORM)
    fields.set('mobile', 'x')
    const fragment = await visitor.fragment('POST', action, fields)
    assert.equal(fragment.status, 422)
    assert.notInclude(fragment.html, '<html')
    assert.equal(fragment.$('[name=mobile]').attr('aria-invalid'), 'true')
  })

  test('in a stale tab leaves what another tab changed', async ({ assert }) => {
    const other = await loggedIn(user)
    await other.visit('/account')
    await visitor.visit('/account')
    await visitor.submit(FORM, { mobile: '9123456780' })
    assert.equal((await other.submit(FORM, { address: 'Ujjain' })).status, 200)
    await user.refresh()
    assert.deepEqual([user.mobile, user.address], ['9123456780', 'Ujjain'])
  })

  for (const [field, first, second, said] of [
    ['full_name', 'Asha Sharma', 'Asha Rao', '“Asha Sharma”'],
    ['address', 'Ujjain', 'Dewas', '“Ujjain”'],
    ['mobile', '9123456780', '9123456781', '“9123456780”'],
  ]) {
    test(`shows both values of ${field} when two tabs changed it`, async ({ assert }) => {
      const other = await loggedIn(user)
      await other.visit('/account')
      await visitor.visit('/account')
      await visitor.submit(FORM, { [field]: first })
      const asked = await other.submit(FORM, { [field]: second })
      assert.equal(asked.status, 422)
      assert.include(asked.$(`#${field}-error`).text(), said)
      assert.equal(asked.$(`[name=${field}]`).val(), second)
      const page = await other.submit(FORM)
      assert.equal(page.status, 200)
      assert.equal(page.$(`[name=${field}]`).val(), second)
    })
  }
})
