import { Readable } from 'node:stream'
import ace from '@adonisjs/core/services/ace'
import { test } from '@japa/runner'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'
import UsersBlock from '../../../commands/users_block.js'
import UsersPassword from '../../../commands/users_password.js'
import UsersUnblock from '../../../commands/users_unblock.js'

const NEW = 'three words here'

async function run(command: Parameters<typeof ace.create>[0], ...words: string[]) {
  const created = await ace.create(command, words)
  await created.exec()
  return created
}

async function logIn(password: string) {
  const visitor = new Visitor()
  await visitor.visit('/login')
  return (await visitor.submit('#session-form', { username: 'asha', password })).status
}

test.group('Commands users:*', (group) => {
  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyDatabase()
    return () => ace.ui.switchMode('normal')
  })

  test('know no user by a name that does not exist: {name}')
    .with(
      [UsersPassword, UsersBlock, UsersUnblock].map((command) => {
        return { name: command.commandName, command }
      })
    )
    .run(async (_, { command }) => {
      const failed = await run(command, 'nobody')
      failed.assertFailed()
      failed.assertLogMatches(/There is no user nobody/, 'stderr')
    })
})

test.group('Command users:password', (group) => {
  let user: User

  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyDatabase()
    user = await createUser({ username: 'asha' })
    return () => ace.ui.switchMode('normal')
  })

  async function fromInput(input: string) {
    const command = await ace.create(UsersPassword, ['Asha', '--stdin'])
    Object.assign(command, { input: Readable.from([input]) })
    await command.exec()
    return command
  }

  async function asked(password: string, again = password) {
    const command = await ace.create(UsersPassword, ['asha'])
    command.prompt.trap('New password').replyWith(password)
    command.prompt.trap('New password again').replyWith(again)
    Object.assign(command, { canAsk: true })
    await command.exec()
    return command
  }

  test('asks for the password twice and ends sessions and tokens', async ({ assert }) => {
    const visitor = await loggedIn(user)
    const program = await ApiClient.of(user)
    const command = await asked(NEW)
    command.assertSucceeded()
    assert.equal(await logIn(NEW), 200)
    assert.equal(await logIn(PASSWORD), 422)
    assert.match((await visitor.visit('/account')).path, /^\/login/)
    assert.equal((await program.get('/api/me')).status, 401)
  })

  test('reads it from standard input, without the end of the line', async ({ assert }) => {
    ;(await fromInput(`${NEW}\n`)).assertSucceeded()
    assert.equal(await logIn(NEW), 200)
  })

  test('never says the password', async ({ assert }) => {
    await fromInput(`${NEW}\n`)
    assert.notInclude(JSON.stringify(ace.ui.logger.getLogs()), NEW)
  })

  test('changes nothing when the two are not the same', async ({ assert }) => {
    const command = await asked(NEW, 'three other words')
    command.assertFailed()
    command.assertLogMatches(/not the same/, 'stderr')
    assert.equal(await logIn(PASSWORD), 200)
  })

  test('changes nothing where nobody can be asked', async ({ assert }) => {
    const command = await ace.create(UsersPassword, ['asha'])
    Object.assign(command, { canAsk: false })
    await command.exec()
    command.assertFailed()
    command.assertLogMatches(/use --stdin/, 'stderr')
    assert.equal(await logIn(PASSWORD), 200)
  })

  for (const [password, says] of [
    ['', /at least 8/],
    ['short77', /at least 8/],
    ['Password1', /tried first/],
    ['ASHA.VERMA', /not your username/],
  ] as const) {
    test(`asks what registration asks: "${password}"`, async ({ assert }) => {
      if (password === 'ASHA.VERMA') await user.merge({ username: 'asha.verma' }).save()
      const command = await ace.create(UsersPassword, [user.username, '--stdin'])
      Object.assign(command, { input: Readable.from([`${password}\n`]) })
      await command.exec()
      command.assertFailed()
      command.assertLogMatches(says, 'stderr')
      assert.isTrue(await (await user.refresh()).verifyPassword(PASSWORD))
    })
  }
})

test.group('Commands users:block and users:unblock', (group) => {
  let user: User

  group.each.setup(async () => {
    ace.ui.switchMode('raw')
    await emptyDatabase()
    user = await createUser({ username: 'asha' })
    return () => ace.ui.switchMode('normal')
  })

  test('end what the user began, refuse their logins, and let them in again', async ({
    assert,
  }) => {
    const visitor = await loggedIn(user)
    const program = await ApiClient.of(user)
    ;(await run(UsersBlock, 'ASHA')).assertSucceeded()
    assert.match((await visitor.visit('/account')).path, /^\/login/)
    assert.equal((await program.get('/api/me')).status, 401)
    assert.equal(await logIn(PASSWORD), 422)
    ;(await run(UsersUnblock, 'asha')).assertSucceeded()
    assert.equal(await logIn(PASSWORD), 200)
  })
})
