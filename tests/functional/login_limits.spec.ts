import { test } from '@japa/runner'
import config from '@adonisjs/core/services/config'
import limiter from '@adonisjs/limiter/services/main'
import { slowedLogins } from '#metrics/metrics'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { Visitor } from '#tests/helpers/visitor'

async function logIn(username: string, password = PASSWORD, visitor = new Visitor()) {
  await visitor.visit('/login')
  return { visitor, page: await visitor.submit('form[action*="/login"]', { username, password }) }
}

/** As many guesses as are let through at once, from elsewhere. */
const guessFromEverywhere = () => {
  return limiter.use({ requests: 30, duration: '15 mins' }).set('guesses:asha', 30, '15 mins')
}

const slowed = async () => (await slowedLogins.get()).values[0]?.value ?? 0

test.group('Limits on logins', (group) => {
  group.each.setup(emptyDatabase)
  group.each.setup(() => {
    const before = config.get('logins.strangersWait')
    config.set('logins.strangersWait', 1)
    return () => config.set('logins.strangersWait', before)
  })

  test('count a name however many blanks are around it', async ({ assert }) => {
    await createUser({ username: 'asha' })
    for (let guess = 0; guess < 10; guess++) {
      await logIn(`${' '.repeat(guess)}asha${'\u00a0'.repeat(guess)}`, 'Wrong@1234')
    }
    assert.equal((await logIn('asha')).page.status, 429)
  })

  test('slow strangers down when a name is guessed at from everywhere', async ({ assert }) => {
    await createUser({ username: 'asha' })
    await guessFromEverywhere()
    const before = await slowed()
    assert.equal((await logIn('asha')).page.status, 200)
    assert.equal(await slowed(), before + 1)
  })

  test('never slow a browser that has logged in to the name before', async ({ assert }) => {
    await createUser({ username: 'asha' })
    const { visitor } = await logIn('asha')
    await visitor.submit('form[action*="/logout"]')
    await guessFromEverywhere()
    const before = await slowed()
    assert.equal((await logIn('ASHA', PASSWORD, visitor)).page.status, 200)
    assert.equal(await slowed(), before)
  })

  test('do not take a made-up mark for a login', async () => {
    await createUser({ username: 'asha' })
    const { visitor } = await logIn('asha')
    const thief = new Visitor()
    thief.cookies.set('known', visitor.cookies.get('known')!.replace(/.$/, 'x'))
    await guessFromEverywhere()
    const before = await slowed()
    await logIn('asha', PASSWORD, thief)
    if ((await slowed()) !== before + 1) throw new Error('A forged cookie was believed')
  })
})
