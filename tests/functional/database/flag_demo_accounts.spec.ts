import db from '@adonisjs/lucid/services/db'
import hash from '@adonisjs/core/services/hash'
import { test } from '@japa/runner'
import User from '#models/user'
import { DEMO_SIZE } from '#database/demo/options'
import { runDemoSeed } from '#database/demo/run'
import Migration from '#database/migrations/98_flag_demo_accounts'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createUser } from '#tests/helpers/factories'

const migrate = (direction: 'execUp' | 'execDown') => {
  return new Migration(db.connection(), '98_flag_demo_accounts', false)[direction]()
}

test.group('Demo accounts that are older than their flag', (group) => {
  group.each.setup(emptyDatabase)
  group.teardown(emptyDatabase)

  test('are known by the ids that the seed gave them, of any size, seed and password', async ({
    assert,
  }) => {
    const size = { ...DEMO_SIZE, shopsPerOwner: 0, password: 'Namaste@2026' }
    await createOwner({ username: 'owner' })
    await createUser({ username: 'priya.sharma4' })
    await runDemoSeed({ db, hash }, { ...size, seed: 1 })
    await runDemoSeed({ db, hash }, { ...size, seed: 7, customers: 3_000 })
    const flagged = () => User.query().select('id').where('is_demo', true).orderBy('id')
    const made = await flagged()
    assert.isAbove(made.length, 3_000)

    await migrate('execDown')
    await migrate('execUp')
    assert.deepEqual(
      (await flagged()).map(({ id }) => id),
      made.map(({ id }) => id)
    )
    const people = await User.query().where('is_demo', false).orderBy('id')
    assert.deepEqual(
      people.map(({ username }) => username),
      ['owner', 'priya.sharma4']
    )
  })
})
