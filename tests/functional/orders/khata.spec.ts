import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import Khata from '#models/khata'
import KhataInvitation from '#models/khata_invitation'
import Order from '#models/order'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { createOrder, moveTo, place, requestFor } from '#tests/helpers/orders'

const codeOf = (error: unknown) => (error as { code?: string } | undefined)?.code
const outcomeOf = (attempt: Promise<unknown>) => attempt.then(() => 'done', codeOf)
const onKhata = { paymentMethod: 'khata' as const }

async function balances() {
  const { rows } = await db.rawQuery(
    'SELECT account, sum(amount_paise)::integer AS paise FROM khata_entries GROUP BY account ORDER BY 1'
  )
  return Object.fromEntries(
    rows.map((row: { account: string; paise: number }) => [row.account, row.paise])
  )
}

test.group('Khata', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let khata: Khata

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000, stock: 1_000 })
    khata = await openKhata(shop.id, customer, 50_000)
  })

  test('takes orders up to the limit and not a paisa beyond', async ({ assert }) => {
    await createOrder({ customer, product, quantity: 5, ...onKhata })
    assert.equal(await khata.balancePaise(), 50_000)
    const cheap = await createProduct({ shopId: product.shopId, pricePaise: 1 })
    const error = await createOrder({ customer, product: cheap, ...onKhata }).catch((one) => one)
    assert.equal(codeOf(error), 'E_CHECKOUT_REFUSED')
    assert.equal(error.rule, 'over_limit')
    assert.equal((await cheap.refresh()).stock, 20)
  })

  test('keeps the limit when ten orders come at once', async ({ assert }) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => createOrder({ customer, product, ...onKhata }))
    )
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      5
    )
    assert.equal(await khata.balancePaise(), 50_000)
    assert.lengthOf(await Order.all(), 5)
  })

  test('is nothing that one can choose without having one', async ({ assert }) => {
    const error = await createOrder({ product, ...onKhata }).catch((one) => one)
    assert.equal(codeOf(error), 'E_CHECKOUT_REFUSED')
    assert.lengthOf(await Order.all(), 0)
  })

  test('gets back what a cancelled order came to, less what was left out before', async ({
    assert,
  }) => {
    const other = await createProduct({ shopId: product.shopId, pricePaise: 2_500 })
    const request = requestFor([{ product }, { product: other }], onKhata)
    const order = await Order.findOrFail((await place(customer, product.shopId, request)).id)
    assert.equal(await khata.balancePaise(), 12_500)
    const stale = await Order.findOrFail(order.id)
    const item = await order.related('items').query().where('product_id', other.id).firstOrFail()
    await order.leaveOut(item.id, owner)
    assert.equal(await khata.balancePaise(), 10_000)
    await stale.withdraw(customer)
    assert.equal(await khata.balancePaise(), 0)
    assert.deepEqual(await balances(), { khata: 0, sales: 0 })
  })

  test('is settled in cash and by UPI, never for more than is owed', async ({ assert }) => {
    await createOrder({ customer, product, quantity: 3, ...onKhata })
    await khata.settle(12_000, 'cash', owner, null)
    await khata.settle(8_000, 'upi', owner, 'UTR 405512345678')
    assert.equal(await khata.balancePaise(), 10_000)
    assert.deepEqual(await balances(), { cash: 12_000, khata: 10_000, sales: -30_000, upi: 8_000 })
    const error = await khata.settle(10_001, 'cash', owner, null).catch((one) => one)
    assert.equal(codeOf(error), 'E_SETTLEMENT_REFUSED')
  })

  test('takes one of two settlements of the whole balance that come at once', async ({
    assert,
  }) => {
    await createOrder({ customer, product, ...onKhata })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 4 }, () => khata.settle(10_000, 'cash', owner, null))
    )
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      1
    )
    assert.equal(await khata.balancePaise(), 0)
  })

  test('is refused by the database when its entries do not add up, and is written once', async ({
    assert,
  }) => {
    await createOrder({ customer, product, ...onKhata })
    for (const statement of [
      `INSERT INTO khata_entries (transaction_id, account, amount_paise)
       SELECT id, 'cash', 1 FROM khata_transactions`,
      'UPDATE khata_entries SET amount_paise = 1',
      'DELETE FROM khata_entries',
      `UPDATE khata_transactions SET note = 'forged'`,
    ]) {
      assert.equal(codeOf(await db.rawQuery(statement).catch((error) => error)), '23514', statement)
    }
  })
})

test.group('A khata is opened by consent', (group) => {
  let customer: User
  let shop: Shop

  group.each.setup(async () => {
    await emptyDatabase()
    customer = await createUser({ username: 'asha' })
    shop = await createShop()
  })

  /** As if what waits had been made so long ago that it is no longer valid. */
  const expire = () =>
    db.transaction(async (client) => {
      await client.rawQuery('ALTER TABLE khata_invitations DISABLE TRIGGER khata_invitations_guard')
      await client.rawQuery(
        `UPDATE khata_invitations SET expires_at = now() - interval '1 day' WHERE state = 'waiting'`
      )
      await client.rawQuery('ALTER TABLE khata_invitations ENABLE TRIGGER khata_invitations_guard')
    })

  test('with the limit that the invitation named, and by the invited customer alone', async ({
    assert,
  }) => {
    const invitation = await KhataInvitation.send(shop, 'Asha', 50_000)
    assert.equal(await outcomeOf(invitation.accept(await createUser())), '23514')
    assert.isNull(await Khata.first())
    const khata = await invitation.accept(customer)
    assert.equal(khata.limitPaise, 50_000)
    assert.isTrue(khata.isOpen)
    assert.equal((await invitation.accept(customer)).id, khata.id)
  })

  test('once, when one customer accepts an invitation and enters a code at the same time', async ({
    assert,
  }) => {
    const invitation = await KhataInvitation.send(shop, 'asha', 50_000)
    const code = await KhataInvitation.makeCode(shop, 20_000)
    const outcomes = await Promise.all([
      outcomeOf(invitation.accept(customer)),
      outcomeOf(KhataInvitation.enterCode(code, customer)),
    ])
    assert.lengthOf(await Khata.all(), 1)
    assert.include(outcomes, 'done')
    assert.include(outcomes, 'E_INVITATION_REFUSED')
  })

  test('by a code that works once, in any spelling, for a week', async ({ assert }) => {
    const code = await KhataInvitation.makeCode(shop, 50_000)
    const digests = await KhataInvitation.query().select('code_digest')
    assert.notInclude(JSON.stringify(digests.map(({ codeDigest }) => codeDigest)), code)
    const spelled = ` ${code.toLowerCase().replace('-', ' ')} `
    const khata = await KhataInvitation.enterCode(spelled, customer)
    assert.equal(khata.customerId, customer.id)
    const other = await createUser()
    assert.equal(await outcomeOf(KhataInvitation.enterCode(code, other)), 'E_INVITATION_REFUSED')
    assert.equal(
      await outcomeOf(KhataInvitation.enterCode('AAAA-AAAA', other)),
      'E_INVITATION_REFUSED'
    )
    const late = await KhataInvitation.makeCode(shop, 50_000)
    await expire()
    assert.equal(await outcomeOf(KhataInvitation.enterCode(late, other)), 'E_INVITATION_REFUSED')
  })

  test('by one of ten customers who enter one code at once', async ({ assert }) => {
    const code = await KhataInvitation.makeCode(shop, 50_000)
    const customers = await Promise.all(Array.from({ length: 10 }, () => createUser()))
    const outcomes = await Promise.all(
      customers.map((each) => outcomeOf(KhataInvitation.enterCode(code, each)))
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'done'),
      1
    )
    assert.lengthOf(await Khata.all(), 1)
  })

  test('never by an invitation that expired, was withdrawn, declined or replaced', async ({
    assert,
  }) => {
    const withdrawn = await KhataInvitation.send(shop, 'asha', 1_000)
    await withdrawn.withdraw()
    const declined = await KhataInvitation.send(shop, 'asha', 1_000)
    await declined.decline()
    const replaced = await KhataInvitation.send(shop, 'asha', 1_000)
    await KhataInvitation.send(shop, 'ASHA', 2_000)
    await expire()
    const expired = await KhataInvitation.query().where('state', 'waiting').firstOrFail()
    for (const invitation of [withdrawn, declined, replaced, expired]) {
      assert.equal(await outcomeOf(invitation.accept(customer)), 'E_INVITATION_REFUSED')
    }
    assert.isNull(await Khata.first())
  })

  test('and the database opens none without it', async ({ assert }) => {
    const { id: shopId } = shop
    const values = { shopId, customerId: customer.id, limitPaise: 50_000, state: 'open' } as const
    assert.equal(await outcomeOf(Khata.create(values)), '23514')
    const { id: invitationId } = await KhataInvitation.send(shop, 'asha', 50_000)
    assert.equal(await outcomeOf(Khata.create({ ...values, invitationId })), '23514')
    const khata = await openKhata(shopId, customer, 50_000)
    const other = await createUser()
    const answered = khata.invitationId!
    for (const [statement, id] of [
      [`UPDATE khatas SET customer_id = '${other.id}' WHERE id = ?`, khata.id],
      [`UPDATE khata_invitations SET state = 'waiting' WHERE id = ?`, answered],
      [`UPDATE khata_invitations SET limit_paise = 1 WHERE id = ?`, answered],
    ]) {
      assert.equal(await outcomeOf(db.rawQuery(statement, [id])), '23514', statement)
    }
    await khata.close(customer)
    const reopen = db.rawQuery(
      `UPDATE khatas SET state = 'open', closed_at = NULL, closed_by = NULL WHERE id = ?`,
      [khata.id]
    )
    assert.equal(await outcomeOf(reopen), '23514')
  })
})

test.group('A khata is closed when it is even', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let khata: Khata

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000, stock: 1_000 })
    khata = await openKhata(shop.id, customer, 50_000)
  })

  const order = () => createOrder({ customer, product, ...onKhata })

  test('by either side, and stays readable', async ({ assert }) => {
    await moveTo(await order(), 'delivered', owner)
    assert.equal(await outcomeOf(khata.close(owner)), 'E_KHATA_REFUSED')
    await khata.settle(10_000, 'cash', owner, null)
    await khata.close(customer)
    await khata.close(owner)
    assert.isFalse(khata.isOpen)
    assert.equal(khata.closedBy, customer.id)
    assert.isNotNull(khata.closedAt)
    assert.lengthOf(await khata.statement(), 2)
  })

  test('takes no order, payment, limit or correction any more', async ({ assert }) => {
    await moveTo(await order(), 'delivered', owner)
    await khata.settle(10_000, 'cash', owner, null)
    const [{ id: transactionId }] = await khata.statement()
    await khata.close(owner)
    const error = await order().catch((one) => one)
    assert.equal(error.rule, 'no_khata')
    for (const attempt of [
      () => khata.settle(1, 'cash', owner, null),
      () => khata.changeLimit((row) => row.merge({ limitPaise: 1 })),
      () => khata.reverse(transactionId, owner, 'Wrong customer'),
    ]) {
      assert.equal(await outcomeOf(attempt()), 'E_KHATA_REFUSED')
    }
    const { rows } = await db.rawQuery('SELECT count(*)::integer AS n FROM khata_transactions')
    assert.equal(rows[0].n, 2)
  })

  test('not while an order on it can still be cancelled', async ({ assert }) => {
    const placed = await order()
    await khata.settle(10_000, 'cash', owner, null)
    const error = await khata.close(customer).catch((one) => one)
    assert.equal(error.rule, 'open_orders')
    await placed.withdraw(customer)
    assert.equal(await khata.balancePaise(), -10_000)
    assert.equal((await khata.close(customer).catch((one) => one)).rule, 'not_even')
  })

  test('and the database closes none that is not', async ({ assert }) => {
    const close = () =>
      outcomeOf(
        db.rawQuery(
          `UPDATE khatas SET state = 'closed', closed_at = now(), closed_by = customer_id WHERE id = ?`,
          [khata.id]
        )
      )
    const placed = await order()
    assert.equal(await close(), '23514')
    await khata.settle(10_000, 'cash', owner, null)
    assert.equal(await close(), '23514')
    await moveTo(placed, 'delivered', owner)
    assert.equal(await close(), 'done')
    const write = db.rawQuery(
      `INSERT INTO khata_transactions (khata_id, actor_id, kind) VALUES (?, ?, 'settlement')`,
      [khata.id, owner.id]
    )
    assert.equal(await outcomeOf(write), '23514')
  })

  test('and opened again by a new invitation: the same khata with its statement', async ({
    assert,
  }) => {
    await moveTo(await order(), 'delivered', owner)
    await khata.settle(10_000, 'cash', owner, null)
    await khata.close(customer)
    const again = await openKhata(product.shopId, customer, 20_000)
    assert.equal(again.id, khata.id)
    assert.equal(again.limitPaise, 20_000)
    assert.isNull(again.closedAt)
    await order()
    assert.lengthOf(await again.statement(), 3)
  })

  test('or charged, of a closing and an order that come at once, never both', async ({
    assert,
  }) => {
    for (let round = 0; round < 5; round++) {
      const [closed, placed] = await Promise.all([
        outcomeOf(khata.close(customer)),
        outcomeOf(order()),
      ])
      await khata.refresh()
      assert.lengthOf(
        [closed, placed].filter((outcome) => outcome === 'done'),
        1
      )
      assert.equal(await khata.balancePaise(), khata.isOpen ? 10_000 : 0)
      if (khata.isOpen)
        await (await Order.query().orderBy('id', 'desc').firstOrFail()).withdraw(customer)
      else khata = await openKhata(product.shopId, customer, 50_000)
    }
  })
})

test.group('An entry of a khata is corrected by a second entry', (group) => {
  let owner: User
  let customer: User
  let product: Product
  let khata: Khata

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser()
    const shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 10_000, stock: 1_000 })
    khata = await openKhata(shop.id, customer, 50_000)
  })

  const newest = async () => (await khata.statement())[0]

  test('once, with a reason, and both stay in the statement', async ({ assert }) => {
    await createOrder({ customer, product, quantity: 3, ...onKhata })
    await khata.settle(20_000, 'upi', owner, null)
    const { id } = await newest()
    await khata.reverse(id, owner, 'It was Meena who paid')
    assert.equal(await khata.balancePaise(), 30_000)
    assert.deepEqual(await balances(), { khata: 30_000, sales: -30_000, upi: 0 })
    const [reversal, settlement] = await khata.statement()
    assert.deepInclude(reversal, {
      kind: 'reversal',
      reversedKind: 'settlement',
      amountPaise: 20_000,
      balancePaise: 30_000,
      note: 'It was Meena who paid',
    })
    assert.isTrue(settlement.isReversed)
    assert.equal(await outcomeOf(khata.reverse(id, owner, 'Again')), 'E_KHATA_REFUSED')
  })

  test('once, of ten corrections that come at once', async ({ assert }) => {
    await createOrder({ customer, product, quantity: 3, ...onKhata })
    await khata.settle(20_000, 'cash', owner, null)
    const { id } = await newest()
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () => outcomeOf(khata.reverse(id, owner, 'Mistyped')))
    )
    assert.lengthOf(
      outcomes.filter((outcome) => outcome === 'done'),
      1
    )
    assert.equal(await khata.balancePaise(), 30_000)
  })

  test('for an order only once it is handed over, and of what is left of it', async ({
    assert,
  }) => {
    const other = await createProduct({ shopId: product.shopId, pricePaise: 2_500 })
    const request = requestFor([{ product }, { product: other }], onKhata)
    const order = await Order.findOrFail((await place(customer, product.shopId, request)).id)
    const { id } = await newest()
    const item = await order.related('items').query().where('product_id', other.id).firstOrFail()
    await order.leaveOut(item.id, owner)
    const { id: returned } = await newest()
    assert.equal(await outcomeOf(khata.reverse(id, owner, 'Spoiled')), 'E_KHATA_REFUSED')
    await moveTo(order, 'delivered', owner)
    assert.equal(await outcomeOf(khata.reverse(returned, owner, 'No')), 'E_KHATA_REFUSED')
    await khata.reverse(id, owner, 'Spoiled')
    assert.equal(await khata.balancePaise(), 0)
    const { id: reversal } = await newest()
    await khata.reverse(reversal, owner, 'It was another order')
    assert.equal(await khata.balancePaise(), 10_000)
    assert.deepEqual(await balances(), { khata: 10_000, sales: -10_000 })
  })

  test('not for an order that was cancelled, which took itself off', async ({ assert }) => {
    const order = await createOrder({ customer, product, ...onKhata })
    const { id } = await newest()
    await order.withdraw(customer)
    assert.equal(await outcomeOf(khata.reverse(id, owner, 'Cancelled')), 'E_KHATA_REFUSED')
  })

  test("not for another customer's khata", async ({ assert }) => {
    await createOrder({ customer, product, ...onKhata })
    await khata.settle(5_000, 'cash', owner, null)
    const { id } = await newest()
    const other = await openKhata(product.shopId, await createUser(), 50_000)
    assert.equal(await outcomeOf(other.reverse(id, owner, 'Wrong')), 'E_KHATA_REFUSED')
  })

  test('and the database refuses another amount, a second correction or no reason', async ({
    assert,
  }) => {
    await createOrder({ customer, product, quantity: 3, ...onKhata })
    const [{ id: chargeId }] = await khata.statement()
    await khata.settle(20_000, 'cash', owner, null)
    const { id: settlementId, orderId } = await newest()
    const write = (reversesId: string, paise: number, account = 'cash', note = 'x') =>
      db.transaction(async (client) => {
        const { rows } = await client.rawQuery(
          `INSERT INTO khata_transactions (khata_id, actor_id, kind, reverses_id, order_id, note)
           SELECT khata_id, actor_id, 'reversal', id, order_id, :note FROM khata_transactions
           WHERE id = :reversesId RETURNING id`,
          { reversesId, note }
        )
        await client.rawQuery(
          `INSERT INTO khata_entries (transaction_id, account, amount_paise)
           VALUES (:id, 'khata', :paise), (:id, :account, -cast(:paise AS bigint))`,
          { id: rows[0].id, account, paise }
        )
      })
    assert.isNull(orderId)
    assert.equal(await outcomeOf(write(settlementId, 19_999)), '23514')
    assert.equal(await outcomeOf(write(settlementId, 20_000, 'upi')), '23514')
    assert.equal(await outcomeOf(write(settlementId, 20_000, 'cash', ' ')), '23514')
    assert.equal(await outcomeOf(write(settlementId, 20_000, 'cash', '')), '23514')
    assert.equal(await outcomeOf(write(chargeId, -30_000, 'sales')), '23514')
    assert.equal(await outcomeOf(write(settlementId, 20_000)), 'done')
    assert.equal(await outcomeOf(write(settlementId, 20_000)), '23505')
  })

  test('and sums stay right when corrections, payments, orders and closings come at once', async ({
    assert,
  }) => {
    const order = await createOrder({ customer, product, quantity: 3, ...onKhata })
    await moveTo(order, 'delivered', owner)
    for (const paise of [5_000, 10_000, 15_000]) await khata.settle(paise, 'cash', owner, null)
    const lines = await khata.statement()
    const attempts = [
      ...lines.map(({ id }) => khata.reverse(id, owner, 'Mistyped')),
      ...lines.map(({ id }) => khata.reverse(id, owner, 'Mistyped')),
      ...[1_000, 2_000, 3_000].map((paise) => khata.settle(paise, 'upi', owner, null)),
      createOrder({ customer, product, ...onKhata }),
      khata.close(customer),
      khata.close(owner),
    ]
    await Promise.all(attempts.map(outcomeOf))
    await khata.refresh()
    const statement = await khata.statement()
    const sum = statement.reduce((total, { amountPaise }) => total + amountPaise, 0)
    assert.equal(await khata.balancePaise(), sum)
    assert.equal(statement[0].balancePaise, sum)
    if (!khata.isOpen) assert.equal(sum, 0)
    const reversed = statement.filter(({ kind }) => kind === 'reversal')
    const accounts = Object.values(await balances()) as number[]
    assert.equal(
      accounts.reduce((total, paise) => total + paise, 0),
      0
    )
    assert.isAtMost(reversed.length, lines.length)
  })
})
