import { MessageBuilder } from '@adonisjs/core/helpers'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { randomUUID } from 'node:crypto'
import Migration from '#database/migrations/116_move_carts_out_of_sessions'
import type Product from '#models/product'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createProduct, createUser, PASSWORD } from '#tests/helpers/factories'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { Visitor } from '#tests/helpers/visitor'

const migrate = (direction: 'execUp' | 'execDown') => {
  return new Migration(db.connection(), '116_move_carts_out_of_sessions', false)[direction]()
}

const itemOf = ({ id, shopId, name }: Product, quantity: number, values = {}) => ({
  ...{ productId: id, line: randomUUID(), quantity, pricePaise: 5200, name, nameHi: null },
  ...{ unit: '1 kg', shop: { id: shopId, name: 'Gupta Kirana', city: 'Indore' } },
  ...values,
})

test.group('Carts from the data of sessions', (group) => {
  let besan: Product
  let poha: Product
  let user: User

  group.each.setup(async () => {
    await emptyDatabase()
    besan = await createProduct({ name: 'Besan' })
    poha = await createProduct({ name: 'Poha' })
    user = await createUser({ username: 'asha' })
    await migrate('execDown')
    return async () => {
      if (!(await db.connection().columnsInfo('left_sessions')).cart) return
      await migrate('execUp')
    }
  })

  /** A browser with a session as the version before left it. */
  const session = async (data: Record<string, unknown>) => {
    const id = randomUUID()
    const userId = (data.auth_web as string) ?? null
    await db.table('sessions').insert({
      ...{ id, user_id: userId, expires_at: new Date(Date.now() + 3_600_000) },
      data: new MessageBuilder().build(data, undefined, id),
    })
    const visitor = new Visitor()
    const encryption = await app.container.make('encryption')
    const signed = encryption.getMessageVerifier().sign(id, undefined, 'kirana_session')
    visitor.cookies.set('kirana_session', encodeURIComponent(`s:${signed}`))
    return { id, visitor }
  }

  const quantities = async (visitor: Visitor) => {
    const { $ } = await visitor.visit('/cart')
    const of = ({ id }: Product) =>
      Number($(`#line-${id} .quantity`).text().replace(/\D/g, '') || 0)
    return [of(besan), of(poha)]
  }

  const update = async () => {
    await migrate('execUp')
    await standbyCaughtUp()
  }

  const add = (visitor: Visitor, { id }: Product) =>
    visitor.request('POST', '/cart/items', new URLSearchParams({ product_id: id }))

  test('of a guest belong to the browser, which gets its cookie with the next change', async ({
    assert,
  }) => {
    const { visitor, id } = await session({ cart: [itemOf(besan, 3), itemOf(poha, 1)] })
    await update()
    assert.deepEqual(await quantities(visitor), [3, 1])
    assert.lengthOf(
      [...visitor.cookies.keys()].filter((name) => name.startsWith('cart_')),
      0
    )
    await add(visitor, besan)
    assert.deepEqual(await quantities(visitor), [4, 1])
    await db.from('sessions').where({ id }).delete()
    assert.deepEqual(await quantities(visitor), [4, 1], 'without the session too')
    assert.lengthOf(await db.from('carts'), 1)
  })

  test('of a guest come along with a login', async ({ assert }) => {
    const { visitor } = await session({ cart: [itemOf(besan, 3)] })
    await update()
    await visitor.visit('/login')
    await visitor.submit('#session-form', { username: 'asha', password: PASSWORD })
    assert.deepEqual(await quantities(visitor), [3, 0])
    const [{ data }] = await db.from('sessions')
    assert.notInclude(data, 'cart')
  })

  test('of a person on two devices are one cart of the account', async ({ assert }) => {
    const phone = await session({ auth_web: user.id, cart: [itemOf(besan, 60)] })
    const shop = await session({
      ...{ auth_web: user.id, written: '0/1' },
      cart: [itemOf(besan, 60), itemOf(poha, 2)],
    })
    await update()
    for (const { visitor } of [phone, shop]) {
      assert.deepEqual(await quantities(visitor), [99, 2])
    }
    const sessions = await db.from('sessions')
    assert.lengthOf(
      sessions.filter(({ data }) => data.includes('cart')),
      0
    )
    assert.lengthOf(
      sessions.filter(({ data }) => data.includes('written')),
      1
    )
  })

  test('keep lines from before lines had names, and the order', async ({ assert }) => {
    const { visitor } = await session({
      cart: [itemOf(poha, 1, { line: undefined, nameHi: undefined }), itemOf(besan, 2)],
    })
    await update()
    assert.deepEqual(await quantities(visitor), [2, 1])
    const lines = await db.from('cart_lines').orderBy('added')
    assert.deepEqual(
      lines.map(({ product_id: id }) => id),
      [poha.id, besan.id]
    )
    assert.equal(lines[0].line, poha.id)
  })

  test('leave sessions alone that have none or an empty one', async ({ assert }) => {
    const none = await session({ written: '0/1' })
    await session({ cart: [] })
    await update()
    assert.lengthOf(await db.from('carts'), 0)
    const { data } = await db.from('sessions').where('id', none.id).first()
    assert.include(data, '"written":"0/1"')
  })

  test('go back when the update is undone', async ({ assert }) => {
    const guest = await session({ cart: [itemOf(besan, 3)] })
    const person = await session({ auth_web: user.id, cart: [itemOf(poha, 2)] })
    await migrate('execUp')
    await migrate('execDown')
    for (const [{ id }, quantity] of [
      [guest, 3],
      [person, 2],
    ] as const) {
      const { data } = await db.from('sessions').where({ id }).first()
      assert.equal(JSON.parse(data).message.cart[0].quantity, quantity)
    }
  })
})
