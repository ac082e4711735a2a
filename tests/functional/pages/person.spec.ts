import { test } from '@japa/runner'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

/** Pages of one browser compare this, so that none shows a person who has logged out. */
test.group('A page says whose it is', (group) => {
  group.each.setup(emptyDatabase)

  test('of a person, of nobody, or nothing when it does not know', async ({ assert }) => {
    const { shopId } = await createProduct()
    const user = await createUser()
    const visitor = await loggedIn(user)
    const guest = new Visitor()
    for (const path of ['/', `/shops/${shopId}`, '/search?q=besan', '/cart']) {
      assert.equal(
        (await visitor.visit(path)).$('[data-person]').attr('data-person'),
        user.id,
        path
      )
      assert.equal((await guest.visit(path)).$('[data-person]').attr('data-person'), '', path)
    }
    assert.lengthOf((await visitor.visit('/nowhere')).$('[data-person]'), 0)
  })
})
