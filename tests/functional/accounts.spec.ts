import { test } from '@japa/runner'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

const FORM = 'form[action*="/register/"]'
const ASHA = {
  username: 'asha.verma',
  password: 'Pass@1234',
  password_confirmation: 'Pass@1234',
  full_name: 'Asha Verma',
  address: '12 MG Road, Indore 452001',
  mobile: '+91 98765 43210',
}

async function register(values: Partial<typeof ASHA> = {}, role = 'customer') {
  const visitor = new Visitor()
  await visitor.visit(`/register/${role}`)
  const page = await visitor.submit(FORM, { ...ASHA, ...values })
  return { visitor, page }
}

test.group('Registration', (group) => {
  group.each.setup(emptyDatabase)

  test('makes an account with a hashed password and logs in', async ({ assert }) => {
    const { page } = await register()
    assert.equal(page.status, 200)
    assert.equal(page.path, '/shops')
    assert.include(page.text, 'Asha Verma')
    const user = await User.findByOrFail('username', 'asha.verma')
    assert.equal(user.role, 'customer')
    assert.equal(user.mobile, '9876543210')
    assert.match(user.password, /^\$scrypt\$/)
  })

  test('leads an owner to their shops', async ({ assert }) => {
    const { page } = await register({}, 'shopowner')
    assert.equal(page.path, '/owner/shops')
  })

  test('takes the role from the page, not from what is sent', async ({ assert }) => {
    const { page } = await register({ role: 'shopowner' } as any)
    assert.equal(page.status, 200)
    assert.equal((await User.firstOrFail()).role, 'customer')
    assert.equal((await new Visitor().visit('/register/admin')).status, 404)
  })

  test('answers wrong input at the field and keeps what was typed', async ({ assert }) => {
    const { page } = await register({ mobile: '12345', full_name: 'Asha <b>Verma</b>' })
    assert.equal(page.status, 422)
    assert.match(page.$('title').text(), /^Error: /)
    assert.equal(page.$('[name=mobile]').attr('aria-invalid'), 'true')
    assert.equal(page.$('[name=full_name]').val(), 'Asha <b>Verma</b>')
    assert.notExists(page.$('[name=password]').attr('value') || null)
    assert.equal((await User.all()).length, 0)
  })

  for (const [reason, values] of Object.entries({
    'a short password': { password: 'short', password_confirmation: 'short' },
    'a password that is not repeated': { password_confirmation: 'Pass@12345' },
    'a name of 10,000 characters': { full_name: 'a'.repeat(10_000) },
    'a control character': { full_name: 'Asha\u0000Verma' },
    'an empty address': { address: '   ' },
    'a username with spaces': { username: 'asha verma' },
  })) {
    test(`refuses ${reason}`, async ({ assert }) => {
      const { page } = await register(values)
      assert.equal(page.status, 422)
      assert.isAbove(page.$('[aria-invalid=true]').length, 0)
    })
  }

  test('refuses a username that is taken, whatever its case', async ({ assert }) => {
    await createUser({ username: 'Asha.Verma' })
    const { page } = await register()
    assert.equal(page.status, 422)
    assert.equal(page.$('[name=username]').attr('aria-invalid'), 'true')
    assert.equal((await User.all()).length, 1)
  })

  test('sent twice at once makes one account', async ({ assert }) => {
    await Promise.all([register(), register()])
    assert.equal((await User.all()).length, 1)
  })

  test('answers under htmx with the form alone', async ({ assert }) => {
    const visitor = new Visitor()
    const body = new URLSearchParams({ ...ASHA, mobile: 'x' })
    const fragment = await visitor.fragment('POST', '/register/customer', body)
    assert.equal(fragment.status, 422)
    assert.notInclude(fragment.html, '<html')
    assert.equal(fragment.$('[name=mobile]').attr('aria-invalid'), 'true')
  })

  test('is limited for one address', async ({ assert }) => {
    const statuses: number[] = []
    for (let attempt = 0; attempt < 21; attempt++) {
      const { page } = await register({ username: `asha${attempt}` })
      statuses.push(page.status)
    }
    assert.equal(statuses.at(-2), 200)
    assert.equal(statuses.at(-1), 429)
  })

  test('is open to others after twenty mistakes behind the address of a carrier', async ({
    assert,
  }) => {
    for (let attempt = 0; attempt < 21; attempt++) await register({ mobile: 'x' })
    assert.equal((await register()).page.path, '/shops')
  })
})
