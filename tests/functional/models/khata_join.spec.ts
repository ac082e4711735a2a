import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import { writeLine } from '#models/khata_line'
import KhataRequest from '#models/khata_request'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder } from '#tests/helpers/orders'

test.group('A khata by name', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let product: Product
  let named: Khata

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma' })
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000 })
    named = await openByName(shop.id, { limitPaise: 70_000 })
  })

  const owe = (khata: Khata, paise: number) =>
    db.transaction((client) =>
      writeLine(khata, { kind: 'transfer', note: 'Paper' }, 'transfer', paise, client)
    )

  test('becomes the khata of the customer who enters its code', async ({ assert }) => {
    await owe(named, 12_300)
    const code = await KhataInvitation.makeJoiningCode(named)
    const khata = await KhataInvitation.enterCode(code, customer)
    assert.equal(khata.id, named.id)
    assert.deepInclude(khata.$attributes, { customerId: customer.id, name: null, mobile: null })
    assert.equal(await khata.balancePaise(), 12_300)
    const again = await KhataInvitation.enterCode(code, customer)
    assert.equal(again.id, named.id)
    const other = await createUser()
    await assert.rejects(() => KhataInvitation.enterCode(code, other), /invitation_gone/)
  })

  test('joins the khata that the customer has: balances add, the larger limit counts', async ({
    assert,
  }) => {
    const own = await openKhata(shop.id, customer, 50_000)
    await createOrder({ customer, product, paymentMethod: 'khata' })
    await owe(named, 12_300)
    const khata = await KhataInvitation.enterCode(
      await KhataInvitation.makeJoiningCode(named),
      customer
    )
    assert.equal(khata.id, own.id)
    assert.equal(await khata.balancePaise(), 22_300)
    assert.equal(khata.limitPaise, 70_000)
    await named.refresh()
    assert.deepInclude(named.$attributes, { state: 'closed', joinedToId: own.id, customerId: null })
    assert.equal(await named.balancePaise(), 0)
    const [line] = await khata.statement()
    assert.deepInclude(line, { kind: 'transfer', note: 'Ramesh', reversiblePaise: 0 })
  })

  test('opens a closed khata of the customer again', async ({ assert }) => {
    const own = await openKhata(shop.id, customer, 90_000)
    await own.close(owner)
    await owe(named, 500)
    const code = await KhataInvitation.makeJoiningCode(named)
    const khata = await KhataInvitation.enterCode(code, customer)
    assert.equal(khata.id, own.id)
    assert.isTrue(khata.isOpen)
    assert.equal(khata.limitPaise, 70_000)
    assert.equal(await khata.balancePaise(), 500)
  })

  test('is joined by the owner who confirms what the customer asked', async ({ assert }) => {
    const asked = await KhataRequest.ask(shop, customer)
    assert.equal((await KhataRequest.ask(shop, customer)).id, asked.id)
    const khata = await asked.confirm(named)
    assert.equal(khata.id, named.id)
    assert.equal(khata.customerId, customer.id)
    await assert.rejects(() => asked.confirm(named), /request_gone/)
    const late = await KhataRequest.ask(shop, await createUser())
    await assert.rejects(() => late.confirm(named), /invitation_gone/)
    assert.equal((await late.refresh()).state, 'waiting')
  })

  test('is joined once when code and request come at the same time', async ({ assert }) => {
    const rival = await createUser()
    for (let round = 0; round < 6; round++) {
      const khata = await openByName(shop.id)
      await owe(khata, 700)
      const code = await KhataInvitation.makeJoiningCode(khata)
      const who = round % 2 ? customer : rival
      const asked = await KhataRequest.ask(shop, who)
      const outcomes = await Promise.allSettled([
        KhataInvitation.enterCode(code, customer),
        asked.confirm(khata),
        KhataInvitation.enterCode(code, rival),
      ])
      for (const outcome of outcomes) {
        if (outcome.status === 'fulfilled') continue
        assert.equal(outcome.reason.code, 'E_INVITATION_REFUSED', String(outcome.reason))
      }
      const { rows } = await db.rawQuery(
        `SELECT count(*)::int AS lines FROM khata_transactions WHERE kind = 'transfer' AND khata_id = ?`,
        [khata.id]
      )
      assert.isAtMost(rows[0].lines, 2)
      await KhataRequest.query().where('state', 'waiting').update({ state: 'withdrawn' })
    }
    const owed = await db.rawQuery(
      `SELECT sum(amount_paise)::int AS paise FROM khata_entries WHERE account = 'khata'`
    )
    assert.equal(owed.rows[0].paise, 6 * 700)
  })

  test('gets no account without consent, not even by a typed mobile', async ({ assert }) => {
    const joined = () =>
      db
        .from('khatas')
        .where('id', named.id)
        .update({ customer_id: customer.id, name: null, mobile: null })
    await assert.rejects(joined, /joined with an invitation/)
    const invitation = await KhataInvitation.send(shop, customer.username, 70_000)
    await assert.rejects(
      () =>
        db.from('khatas').where('id', named.id).update({
          customer_id: customer.id,
          name: null,
          mobile: null,
          invitation_id: invitation.id,
        }),
      /joined with an invitation/
    )
    const own = await openKhata(shop.id, customer, 50_000)
    await assert.rejects(
      () =>
        db
          .from('khatas')
          .where('id', named.id)
          .update({ state: 'closed', closed_by: owner.id, joined_to_id: own.id }),
      /joined with an invitation/
    )
  })

  test('ends with its codes, and with the requests when the shop closes', async ({ assert }) => {
    const code = await KhataInvitation.makeJoiningCode(named)
    const newer = await KhataInvitation.makeJoiningCode(named)
    await assert.rejects(() => KhataInvitation.enterCode(code, customer), /invitation_gone/)
    await named.close(owner)
    await assert.rejects(() => KhataInvitation.enterCode(newer, customer), /invitation_gone/)
    const asked = await KhataRequest.ask(shop, customer)
    await createOrder({ customer, product }).then((order) => order.withdraw(customer))
    await shop.close()
    assert.equal((await asked.refresh()).state, 'withdrawn')
    await assert.rejects(() => openByName(shop.id), /shop_closed/)
    await assert.rejects(() => KhataRequest.ask(shop, customer), /shop_closed/)
  })

  test('has a mobile of its own at a shop while it is open', async ({ assert }) => {
    const { mobile } = named
    await assert.rejects(() => openByName(shop.id, { mobile: mobile! }), /mobile_taken/)
    const both = await Promise.allSettled(
      [0, 1].map(() => openByName(shop.id, { mobile: '9812345678' }))
    )
    assert.sameMembers(
      both.map(({ status }) => status),
      ['fulfilled', 'rejected']
    )
    await openByName((await createShop()).id, { mobile: mobile! })
    await named.close(owner)
    assert.isTrue((await openByName(shop.id, { mobile: mobile! })).isOpen)
  })
})
