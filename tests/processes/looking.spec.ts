import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type User from '#models/user'
import { announced } from '#tests/helpers/announcements'
import { ApplicationProcess } from '#tests/helpers/application_process'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createProduct, createUser, PASSWORD } from '#tests/helpers/factories'
import { ownCluster } from '#tests/helpers/standby'
import { StatementLog } from '#tests/helpers/statement_log'
import { Visitor } from '#tests/helpers/visitor'

const NAME = 'Asha Verma'
const ROUNDS = 8
/** Logins are limited. */
const FEW = 3

test.group('Two servers that know sessions, users and tokens', (group) => {
  let servers: ApplicationProcess[] = []
  let user: User

  group.tap((scenario) => scenario.skip(!ownCluster, 'needs the embedded cluster'))
  group.each.timeout(180_000)
  group.setup(async () => {
    await emptyDatabase()
    servers = await Promise.all([ApplicationProcess.start(), ApplicationProcess.start()])
    return async () => {
      await Promise.all(servers.map((server) => server.stop()))
      await emptyDatabase()
    }
  })
  group.each.setup(async () => {
    await emptyDatabase()
    await announced()
    user = await createUser({ fullName: NAME })
  })

  const at = (visitor: Visitor, server: ApplicationProcess) => {
    visitor.origin = server.origin
    return visitor
  }

  /** Logged in on the first server, and known to the second. */
  async function loggedIn() {
    const visitor = at(new Visitor(), servers[0])
    await visitor.visit('/login')
    await visitor.submit('form[action*="/login"]', {
      username: user.username,
      password: PASSWORD,
    })
    if (!(await isNamed(visitor, servers[1]))) throw new Error('The login failed')
    return visitor
  }

  const isNamed = async (visitor: Visitor, server: ApplicationProcess, name = NAME) =>
    (await at(visitor, server).visit('/account')).text.includes(name)

  test('ask the primary nothing for views that they have shown before', async ({ assert }) => {
    const product = await createProduct({ name: 'Besan' })
    const pages = ['/', '/shops', `/shops/${product.shopId}`, '/search?q=besan']
    const person = await loggedIn()
    const visit = async () => {
      for (const server of servers) {
        for (const path of pages) {
          assert.equal((await at(new Visitor(), server).visit(path)).status, 200)
          assert.include((await at(person, server).visit(path)).text, NAME)
        }
      }
    }
    const log = await StatementLog.start()
    try {
      await eventually(async () => assert.deepEqual(await log.during(visit), []), 60_000)
    } finally {
      await log.stop()
    }
  })

  test('both show a guest to the request after a logout on one of them', async ({ assert }) => {
    for (let round = 0; round < FEW; round++) {
      const visitor = await loggedIn()
      const cookies = new Map(visitor.cookies)
      await at(visitor, servers[0]).visit('/')
      const { action, fields } = visitor.form('form[action*="/logout"]')
      await visitor.send('POST', action, fields)
      const thief = new Visitor()
      for (const [name, value] of cookies) thief.cookies.set(name, value)
      assert.isFalse(await isNamed(thief, servers[1]), `round ${round}`)
      assert.isFalse(await isNamed(thief, servers[0]), `round ${round}`)
    }
  })

  test('both show what was changed on one of them', async ({ assert }) => {
    const visitor = await loggedIn()
    for (let round = 0; round < ROUNDS; round++) {
      const [here, there] = round % 2 ? servers : [...servers].reverse()
      await at(visitor, here).visit('/account')
      const { action, fields } = visitor.form('form[action*="/account?"]')
      const name = `Asha ${'ABCDEFGH'[round]}`
      fields.set('full_name', name)
      assert.equal((await visitor.send('POST', action, fields)).status, 303)
      assert.isTrue(await isNamed(visitor, there, name), `round ${round}`)
    }
  })

  test('both refuse whom an operator has blocked, and what was revoked', async ({ assert }) => {
    const visitor = await loggedIn()
    const origins = servers.map(({ origin }) => origin)
    const body = new URLSearchParams({ username: user.username, password: PASSWORD })
    const issued = await fetch(`${origins[0]}/api/token`, { method: 'POST', body })
    const { access_token: token } = (await issued.json()) as { access_token: string }
    const headers = { authorization: `Bearer ${token}` }
    const statuses = () =>
      Promise.all(
        origins.map(async (origin) => (await fetch(`${origin}/api/me`, { headers })).status)
      )
    assert.deepEqual(await statuses(), [200, 200])
    await ace.exec('users:block', [user.username])
    assert.deepEqual(await statuses(), [401, 401])
    assert.isFalse(await isNamed(visitor, servers[1]))
    assert.isFalse(await isNamed(visitor, servers[0]))
  })

  test('both open the pages of a role to the request after it was given', async ({ assert }) => {
    const visitor = await loggedIn()
    for (const role of ['shopowner', 'customer', 'shopowner'] as const) {
      for (const server of servers) await at(visitor, server).visit('/shops')
      await db.from('users').where('id', user.id).update({ role })
      await announced()
      const expected = role === 'shopowner' ? 200 : 404
      for (const server of servers) {
        assert.equal((await at(visitor, server).visit('/owner/shops')).status, expected)
      }
    }
  })

  test('are as careful when one of them was stopped meanwhile', async ({ assert }) => {
    const visitor = await loggedIn()
    const thief = new Visitor()
    for (const [name, value] of visitor.cookies) thief.cookies.set(name, value)
    assert.isTrue(await isNamed(thief, servers[1]))
    process.kill(servers[1].pid!, 'SIGSTOP')
    await at(visitor, servers[0]).visit('/')
    const { action, fields } = visitor.form('form[action*="/logout"]')
    await visitor.send('POST', action, fields)
    const late = at(thief, servers[1]).visit('/account')
    process.kill(servers[1].pid!, 'SIGCONT')
    assert.notInclude((await late).text, NAME)
    assert.isFalse(await isNamed(thief, servers[1]))
  })

  test('take a session of a user who was deleted for none', async ({ assert }) => {
    const visitor = await loggedIn()
    await user.delete()
    await announced()
    for (const server of servers) assert.isFalse(await isNamed(visitor, server))
  })
})
