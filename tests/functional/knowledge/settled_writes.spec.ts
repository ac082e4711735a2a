import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type User from '#models/user'
import { ApiClient } from '#tests/helpers/api_client'
import { emptyDatabase } from '#tests/helpers/database'
import { eventually } from '#tests/helpers/eventually'
import { createUser } from '#tests/helpers/factories'
import { leaves, stoppedProcess } from '#tests/helpers/knowledge'
import { loggedIn } from '#tests/helpers/log_in'
import type { Visitor } from '#tests/helpers/visitor'

const isGone = (table: string) => async () => {
  if ((await db.from(table)).length > 0) throw new Error('It is still there')
}

const isNamed = (name: string) => async () => {
  if ((await db.from('users').where('full_name', name)).length === 0) throw new Error('Not saved')
}

test.group('While another process has not heard of it', (group) => {
  let user: User
  let visitor: Visitor

  group.each.timeout(30_000)
  group.each.setup(async () => {
    await emptyDatabase()
    user = await createUser({ fullName: 'Asha Verma' })
    visitor = await loggedIn(user)
  })

  async function submitted(path: string, form: string, values: Record<string, string> = {}) {
    await visitor.visit(path)
    const { action, fields } = visitor.form(form)
    for (const [name, value] of Object.entries(values)) fields.set(name, value)
    return () => visitor.send('POST', action, fields)
  }

  const writes = {
    'a logout': async () => [await submitted('/', 'form[action*="/logout"]'), isGone('sessions')],
    'a changed name': async () => [
      await submitted('/account', 'form[action*="/account?"]', { full_name: 'Asha Joshi' }),
      isNamed('Asha Joshi'),
    ],
    'a revoked token': async () => {
      const program = await ApiClient.of(user)
      return [() => program.delete('/api/token'), isGone('access_tokens')]
    },
  } as Record<string, () => Promise<[() => Promise<{ status: number }>, () => Promise<void>]>>

  for (const [what, prepare] of Object.entries(writes)) {
    test(`${what} is not answered, although it is done`, async ({ assert }) => {
      const [send, isDone] = await prepare()
      const id = await stoppedProcess()
      let isAnswered = false
      const answer = send().then((sent) => {
        isAnswered = true
        return sent
      })
      await eventually(isDone)
      await db.rawQuery('SELECT pg_sleep(0.3)')
      assert.isFalse(isAnswered)
      await leaves(id)
      assert.isBelow((await answer).status, 400)
    })
  }

  test('a page is shown', async ({ assert }) => {
    const id = await stoppedProcess()
    assert.equal((await visitor.visit('/shops')).status, 200)
    assert.lengthOf(await db.from('listeners').where({ id }), 1)
    await leaves(id)
  })
})
