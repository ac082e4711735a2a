import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { announced } from '#tests/helpers/announcements'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'

const ADD = 'form[action*="/cart/items"]'

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
    const product = await createProduct()
    const visitor = await loggedIn(await createUser({ fullName: 'Asha Verma' }))
    assert.deepEqual(await daysLeft(), [30])
    await age(80)
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit(ADD)
    assert.deepEqual(await daysLeft(), [10])

    await age(91)
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit(ADD)
    assert.notInclude((await visitor.visit('/shops')).text, 'Asha Verma')
  })

  test('is not what a guest has, whose cart lasts while it is in use', async ({ assert }) => {
    const product = await createProduct({ name: 'Toor Dal' })
    const visitor = new Visitor()
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit(ADD)
    await age(200)
    await visitor.visit(`/shops/${product.shopId}`)
    await visitor.submit(ADD)
    assert.deepEqual(await daysLeft(), [30])
    assert.include((await visitor.visit('/cart')).$('main').text(), 'Toor Dal')
  })
})
