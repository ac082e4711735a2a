import { test } from '@japa/runner'
import { Scrypt } from '@adonisjs/core/hash/drivers/scrypt'
import { SCRYPT } from '#config/hash'
import User from '#models/user'
import { passwordHash } from '#passwords/password_hash'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

const ONE_CHARACTER = '\u095bीरा@1234'
const TWO_CHARACTERS = 'ज\u093cीरा@1234'

const ASHA = {
  username: 'asha.verma',
  full_name: 'Asha Verma',
  address: '12 MG Road, Indore 452001',
  mobile: '98765 43210',
}

async function register(password: string, values: Partial<typeof ASHA> = {}) {
  const visitor = new Visitor()
  await visitor.visit('/register/customer')
  const form = { ...ASHA, ...values, password, password_confirmation: password }
  return visitor.submit('form[action*="/register/"]', form)
}

async function logIn(password: string) {
  const visitor = new Visitor()
  await visitor.visit('/login')
  const page = await visitor.submit('form[action*="/login"]', { username: ASHA.username, password })
  return page.status
}

async function tokenStatus(password: string) {
  const form = { username: ASHA.username, password }
  return (await new ApiClient().post('/api/token', { form })).status
}

const outdated = new Scrypt({ cost: 2 ** 11, blockSize: 8, parallelization: 1 })

/** Past the hook that would hash it. */
async function storeHash(hashed: string) {
  const user = await createUser({ username: ASHA.username })
  await User.query().where('id', user.id).update({ password: hashed })
  return user
}

test.group('Passwords', (group) => {
  group.each.setup(emptyDatabase)

  test('are one however an input method composes them', async ({ assert }) => {
    assert.equal((await register(ONE_CHARACTER)).status, 200)
    for (const password of [ONE_CHARACTER, TWO_CHARACTERS]) {
      assert.equal(await logIn(password), 200)
      assert.equal(await tokenStatus(password), 200)
    }
  })

  test('keep the blanks around them', async ({ assert }) => {
    assert.equal((await register(' my pass word ')).status, 200)
    assert.equal(await logIn(' my pass word '), 200)
    assert.equal(await logIn('my pass word'), 422)
    assert.equal(await tokenStatus(' my pass word '), 200)
    assert.equal(await tokenStatus('my pass word'), 400)
  })

  test('are refused at the field: {password}')
    .with([
      { password: 'short77', says: 'at least 8' },
      { password: 'Password1', says: 'too easy to guess' },
      { password: 'ILOVEYOU1', says: 'too easy to guess' },
      { password: 'Asha.Verma', says: 'not your username' },
    ])
    .run(async ({ assert }, { password, says }) => {
      const page = await register(password)
      assert.equal(page.status, 422)
      assert.include(page.text, says)
      assert.equal(page.$('[name=password]').attr('aria-invalid'), 'true')
      assert.equal(page.$('[name=full_name]').val(), ASHA.full_name)
      const account = { ...ASHA, password, role: 'customer' }
      const { status } = await new ApiClient().post('/api/register', { json: account })
      assert.equal(status, 400)
    })

  test('of the seed still register', async ({ assert }) => {
    assert.equal((await register('Pass@1234')).status, 200)
  })

  test('that were trimmed by the form once still log in, and are hashed again', async ({
    assert,
  }) => {
    const user = await storeHash(await outdated.make('old pass word'))
    assert.equal(await logIn(' old pass word '), 200)
    const { password } = await user.refresh()
    assert.isFalse(passwordHash.isOutdated(password))
    assert.equal(await logIn(' old pass word '), 200)
    assert.equal(await logIn('old pass word'), 422)
  })

  test('that were hashed as typed once still log in', async ({ assert }) => {
    await storeHash(await outdated.make(ONE_CHARACTER))
    assert.equal(await logIn(ONE_CHARACTER), 200)
    assert.equal(await logIn(TWO_CHARACTERS), 200)
  })

  test('are hashed as OWASP asks', async ({ assert }) => {
    assert.match(await new Scrypt(SCRYPT).make('Pass@1234'), /^\$scrypt\$n=32768,r=8,p=3\$/)
  })

  test('wait their turn, and too many are told to come back', async ({ assert }) => {
    const checks = Array.from({ length: 60 }, async () => passwordHash.make('Pass@1234'))
    const outcomes = await Promise.allSettled(checks)
    const codes = outcomes.map((outcome) => (outcome as PromiseRejectedResult).reason?.code)
    assert.lengthOf(
      codes.filter((code) => code === 'E_PASSWORDS_BUSY'),
      60 - 42
    )
    assert.isTrue(outcomes.slice(0, 42).every(({ status }) => status === 'fulfilled'))
  })
})

test.group('Usernames', (group) => {
  group.each.setup(emptyDatabase)

  test('of those who run the marketplace are taken: {$self}')
    .with(['admin', 'Root', 'support', 'Kirana-Ghar'])
    .run(async ({ assert }, username) => {
      const page = await register('Pass@1234', { username })
      assert.equal(page.status, 422)
      assert.include(page.text, 'already taken')
      assert.lengthOf(await User.all(), 0)
    })
})
