import ace from '@adonisjs/core/services/ace'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { attackedServer } from '#tests/helpers/attacked_server'
import { emptyDatabase } from '#tests/helpers/database'
import { EventStream } from '#tests/helpers/event_stream'
import { eventually } from '#tests/helpers/eventually'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { Visitor } from '#tests/helpers/visitor'
import type User from '#models/user'

const BOARD = '/owner/orders'
const STREAM = '/orders/stream'

test.group('A stolen session', (group) => {
  const server = attackedServer(group)
  let owner: User
  let victim: Visitor
  let thief: Visitor
  let stream: EventStream

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner({ username: 'ramesh' })
    await createShop({ ownerId: owner.id })
    victim = await loggedIn(owner, new Visitor({ 'accept-language': 'en' }, server.origin()))
    thief = new Visitor({ 'accept-language': 'en' }, server.origin())
    for (const [name, value] of victim.cookies) thief.cookies.set(name, value)
    stream = await EventStream.open(thief, STREAM)
    await stream.opened()
    return () => stream.close()
  })

  for (const [how, end] of [
    [
      'its owner logs out',
      () => victim.visit(BOARD).then(() => victim.submit('form[action*="/logout"]')),
    ],
    ['an operator revokes it', () => ace.exec('tokens:revoke', ['ramesh'])],
    ['its owner is blocked', () => owner.block()],
    ['its owner is deleted', () => db.from('users').where('id', owner.id).delete()],
  ] as const) {
    test(`is worth nothing, and tells nothing more, once ${how}`, async ({ assert }) => {
      assert.equal((await thief.visit(BOARD)).path, BOARD)
      await end()
      await eventually(() => {
        if (!stream.isEnded) throw new Error('The stream is still open')
      })
      assert.include((await thief.visit(BOARD)).path, '/login')
      const again = await EventStream.open(thief, STREAM)
      assert.equal(again.response.status, 303)
    })
  }

  test('is not kept alive past 90 days by using it', async ({ assert }) => {
    const { rows } = await db.rawQuery(
      `UPDATE sessions SET began_at = now() - interval '90 days' + interval '1 second'
       WHERE user_id = ? RETURNING id`,
      [owner.id]
    )
    assert.lengthOf(rows, 1)
    const product = await createProduct()
    await victim.visit(`/shops/${product.shopId}`)
    await victim.submit('form[action*="/cart/items"]')
    await eventually(async () => {
      if (!(await thief.visit(BOARD)).path.includes('/login')) throw new Error('It still holds')
    }, 5_000)
  })
})
