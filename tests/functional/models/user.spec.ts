import { test } from '@japa/runner'
import User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createUser, PASSWORD } from '#tests/helpers/factories'

test.group('User', (group) => {
  group.each.setup(emptyDatabase)

  test('does not change a password that was changed since it was read', async ({ assert }) => {
    const { id } = await createUser()
    const [first, second] = [await User.findOrFail(id), await User.findOrFail(id)]
    assert.isTrue(await first.changePassword({ from: PASSWORD, to: 'three words here' }))
    assert.isFalse(await second.changePassword({ from: PASSWORD, to: 'quite other words' }))
    assert.isTrue(await (await User.findOrFail(id)).verifyPassword('three words here'))
  })
})
