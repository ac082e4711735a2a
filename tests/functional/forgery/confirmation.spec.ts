import { mock } from 'node:test'
import { test } from '@japa/runner'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

/** Sends neither `Sec-Fetch-Site` nor `Origin`. */
const oldBrowser = () => new Visitor({ 'accept-language': 'en', 'sec-fetch-site': '' })

const PASSWORDS = { password: 'three words 7', password_confirmation: 'three words 7' }
const ASHA = {
  full_name: '"><script>alert(1)</script>',
  username: 'asha',
  ...PASSWORDS,
  mobile: '9876543210',
  address: '12 MG Road',
}
const CONFIRM = '#error'

test.group('A post that does not say where it comes from', (group) => {
  group.each.setup(emptyDatabase)

  async function registering() {
    const visitor = oldBrowser()
    await visitor.visit('/register/customer')
    const page = await visitor.submit('form[action*="/register"]', ASHA)
    return { visitor, page }
  }

  test('is shown for its sender to confirm, and nothing is done before', async ({ assert }) => {
    const { page } = await registering()
    assert.equal(page.status, 403)
    assert.include(page.text, 'Did you send this?')
    assert.equal(page.headers.get('x-frame-options'), 'DENY')
    assert.equal(page.headers.get('cache-control'), 'private, no-store')
    assert.lengthOf(await User.all(), 0)
  })

  test('keeps what was typed as text, and asks for passwords again', async ({ assert }) => {
    const { page } = await registering()
    for (const field of ['full_name', 'username', 'mobile', 'address'] as const) {
      assert.equal(page.$(`${CONFIRM} [name=${field}]`).val(), ASHA[field])
    }
    assert.notInclude(page.html, '<script>alert')
    assert.notInclude(page.html, ASHA.password)
    assert.equal(page.$(`${CONFIRM} [type=password]`).length, 2)
  })

  test('is done when it is confirmed', async ({ assert }) => {
    const { visitor } = await registering()
    const page = await visitor.submit(CONFIRM, PASSWORDS)
    assert.equal(page.status, 200)
    assert.equal((await User.firstOrFail()).username, 'asha')
  })

  test('keeps lists and parts of parts', async ({ assert }) => {
    const sent: [string, string][] = [
      ['locale', 'hi'],
      ['shown[price][old]', '52'],
      ['tags[]', 'a "b" <c>'],
      ['tags[]', 'd'],
      ['items[0][name]', 'Besan'],
      ['items[1][name]', ''],
    ]
    const page = await oldBrowser().request('POST', '/language', new URLSearchParams(sent))
    const fields = page.$(CONFIRM).serializeArray()
    assert.deepEqual(
      fields.filter(({ name }) => name !== '_confirmed').map(({ name, value }) => [name, value]),
      sent
    )
  })

  test('is asked for again with a token for another address, or none, or an old one', async ({
    assert,
    cleanup,
  }) => {
    const visitor = oldBrowser()
    visitor.page = await visitor.request('POST', '/language', new URLSearchParams({ locale: 'hi' }))
    const { fields } = visitor.form(CONFIRM)
    const asks = async (path: string, token: string | null) => {
      const body = new URLSearchParams({ locale: 'hi', ...(token && { _confirmed: token }) })
      const { html } = await visitor.request('POST', path, body)
      return html.includes('name="_confirmed"')
    }
    const token = fields.get('_confirmed')!
    assert.isTrue(await asks('/logout', token))
    assert.isTrue(await asks('/language?a', token))
    assert.isTrue(await asks('/language', null))
    assert.isTrue(await asks('/language', `${token}x`))
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 11 * 60_000 })
    cleanup(() => mock.timers.reset())
    assert.isTrue(await asks('/language', token))
    mock.timers.reset()
    assert.isFalse(await asks('/language', token))
  })

  test('is not confirmed by the token of another person', async ({ assert }) => {
    await createUser({ username: 'evil' })
    const attacker = oldBrowser()
    await attacker.visit('/login')
    attacker.page = await attacker.request(
      'POST',
      '/login',
      new URLSearchParams({ username: 'evil' })
    )
    const { fields } = attacker.form(CONFIRM)
    for (const victim of [oldBrowser(), (await registering()).visitor]) {
      const page = await victim.request('POST', '/login', fields)
      assert.include(page.text, 'Did you send this?')
    }
  })
})
