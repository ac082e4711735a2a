import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'

/** As if the sessions had begun so many days ago and been in use ever since. */
async function age(days: number) {
  await db.rawQuery('UPDATE sessions SET began_at = now() - make_interval(days => ?)', [days])
  await announced()
}

const daysLeft = async () => {
  const { rows } = await db.rawQuery(
    'SELECT extract(epoch FROM expires_at - now()) / 86400 AS days FROM sessions'
  )
  return rows.map(({ days }: { days: string }) => Math.round(Number(days)))
}

test.group('A login', (group) => {
  group.each.setup(emptyDatabase)

  test('lasts 90 days, however much it is in use', async ({ assert }) => {
    const owner = await createOwner({ fullName: 'Asha Verma' })
    const shop = await createShop({ ownerId: owner.id })
    const product = await createProduct({ shopId: shop.id })
    const visitor = await loggedIn(owner)
    const use = () => {
      const path = `/owner/shops/${shop.id}/products/${product.id}/stock?_method=PUT`
      return visitor.request('POST', path, new URLSearchParams({ change: '1' }))
    }
    assert.deepEqual(await daysLeft(), [30])
    await age(80)
    await use()
    assert.deepEqual(await daysLeft(), [10])

    await age(91)
    await use()
    assert.notInclude((await visitor.visit('/shops')).text, 'Asha Verma')
  })
})
