import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import { DateTime } from 'luxon'
import Khata from '#models/khata'
import { digestOfKhataCode, newKhataCode } from '#models/khata_code'
import KhataInvitation from '#models/khata_invitation'
import { periodOf } from '#models/khata_period'
import KhataRequest from '#models/khata_request'
import { statementLine } from '#models/khata_statement'
import KhataTransaction from '#models/khata_transaction'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import {
  closeShop,
  createOwner,
  createProduct,
  createShop,
  createUser,
} from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { openByName } from '#tests/helpers/named_khatas'
import { createOrder, moveTo } from '#tests/helpers/orders'

const onKhata = { paymentMethod: 'khata' as const }

let owner: User
let customer: User
let shop: Shop
let product: Product

async function openShop() {
  await emptyDatabase()
  owner = await createOwner()
  customer = await createUser({ username: 'asha', fullName: 'Asha Verma' })
  shop = await createShop({ ownerId: owner.id })
  product = await createProduct({ shopId: shop.id, pricePaise: 10_000, stock: 1_000 })
}

const inside = <T>(work: (client: TransactionClientContract) => Promise<T>) => db.transaction(work)

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error.rule ?? error.message
  )

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error) => error
  )

/** The work, taken back with the transaction around it. */
const undone = (work: (client: TransactionClientContract) => Promise<unknown>) =>
  refusalOf(
    inside(async (client) => {
      await work(client)
      throw new Error('undone')
    })
  )

/** As if they had been made so long ago that they are no longer valid. */
async function expire(table: 'khata_invitations' | 'khata_requests') {
  await inside(async (client) => {
    await client.rawQuery(`ALTER TABLE ${table} DISABLE TRIGGER ${table}_guard`)
    await client.rawQuery(`UPDATE ${table} SET expires_at = now() - interval '1 day'`)
    await client.rawQuery(`ALTER TABLE ${table} ENABLE TRIGGER ${table}_guard`)
  })
}

test.group('The khata of a customer', (group) => {
  let khata: Khata

  group.each.setup(async () => {
    await openShop()
    khata = await openKhata(shop.id, customer, 50_000)
  })

  const sell = (paise: number) => inside((client) => khata.sell(paise, owner, client))
  const lower = (limitPaise: number) => khata.changeLimit((held) => held.merge({ limitPaise }))
  const kinds = async () =>
    (await khata.statement()).map(({ kind, amountPaise }) => [kind, amountPaise])

  test('is found by its shop and customer, and open until it is closed', async ({ assert }) => {
    const [other, elsewhere] = [await createUser({ username: 'meena' }), await createShop()]
    assert.equal((await Khata.between(shop.id, customer.id).first())?.id, khata.id)
    assert.isNull(await Khata.between(shop.id, other.id).first())
    assert.isTrue(await Khata.isOpenFor(shop.id, 'asha'))
    assert.isFalse(await Khata.isOpenFor(shop.id, 'meena'))
    assert.isFalse(await Khata.isOpenFor(elsewhere.id, 'asha'))
    assert.isTrue(await inside((client) => Khata.isOpenFor(shop.id, 'asha', client)))
    await khata.close(owner)
    assert.isFalse(await Khata.isOpenFor(shop.id, 'asha'))
  })

  test('is called by the name of its account, or that which the shop wrote', async ({ assert }) => {
    await khata.load('customer')
    assert.deepEqual([khata.title, khata.isByName], ['Asha Verma', false])
    const named = await openByName(shop.id, { name: 'Ramesh', limitPaise: 70_000 })
    await named.refresh()
    assert.deepEqual([named.title, named.isByName], ['Ramesh', true])
    assert.deepInclude(named.$attributes, { limitPaise: 70_000, state: 'open', shopId: shop.id })
  })

  test('has the sum of its lines as its balance, alone and among others', async ({ assert }) => {
    const named = await openByName(shop.id)
    await sell(30_000)
    await khata.settle(12_050, 'upi', owner, 'UTR 4055')
    assert.equal(await khata.balancePaise(), 17_950)
    const khatas = await Khata.withBalances(Khata.query().orderBy('id'))
    assert.deepEqual(
      khatas.map(({ khata: { id }, balancePaise }) => [id, balancePaise]),
      [
        [khata.id, 17_950],
        [named.id, 0],
      ]
    )
  })

  test('takes an order up to what its limit leaves', async ({ assert }) => {
    await sell(40_001)
    const refusal = await refusalOf(createOrder({ customer, product, ...onKhata }))
    assert.deepInclude(refusal, { field: 'payment_method', rule: 'over_limit', amount: 9_999 })
    await lower(50_001)
    const order = await createOrder({ customer, product, ...onKhata })
    const [line] = await khata.statement()
    assert.deepInclude(line, {
      kind: 'order',
      orderId: order.id,
      orderNumber: String(order.number),
      account: 'sales',
      amountPaise: 10_000,
      balancePaise: 50_001,
      note: null,
    })
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, customer.id)
  })

  test('takes none when it is closed, or at another shop', async ({ assert }) => {
    const refusal = await refusalOf(createOrder({ customer, ...onKhata }))
    assert.deepInclude(refusal, { field: 'payment_method', rule: 'no_khata' })
    await khata.close(owner)
    const late = await refusalOf(createOrder({ customer, product, ...onKhata }))
    assert.deepInclude(late, { field: 'payment_method', rule: 'no_khata' })
  })

  test('follows the weight of an order up to its limit, and back at any', async ({ assert }) => {
    const order = await createOrder({ customer, product, ...onKhata })
    const correct = (paise: number) =>
      inside((client) => Khata.correct(order, paise, owner, client))
    await correct(0)
    assert.deepEqual(await kinds(), [['order', 10_000]])
    const refusal = await refusalOf(correct(40_001))
    assert.deepInclude(refusal, { rule: 'over_limit', amount: 40_000 })
    await correct(40_000)
    await lower(1_000)
    assert.deepInclude(await refusalOf(correct(1)), { rule: 'over_limit', amount: 0 })
    await correct(-500)
    assert.deepEqual(await kinds(), [
      ['weight', -500],
      ['weight', 40_000],
      ['order', 10_000],
    ])
    const [line] = await khata.statement()
    assert.deepInclude(line, { orderId: order.id, account: 'sales', reversiblePaise: 0 })
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, owner.id)
  })

  test('follows a changed order up to its limit, and back at any', async ({ assert }) => {
    const order = await createOrder({ customer, product, ...onKhata })
    const amend = (paise: number, upToPaise = paise) =>
      inside((client) => Khata.amend(order, { paise, upToPaise }, client))
    const refusal = await refusalOf(amend(1, 40_001))
    assert.deepInclude(refusal, {
      field: 'payment_method',
      rule: 'over_limit',
      amount: 40_000,
    })
    await amend(30_000, 40_000)
    await lower(1_000)
    assert.deepInclude(await refusalOf(amend(1)), { rule: 'over_limit', amount: 0 })
    await amend(-500, 2_000)
    assert.deepEqual(await kinds(), [
      ['amendment', -500],
      ['amendment', 30_000],
      ['order', 10_000],
    ])
    const [line] = await khata.statement()
    assert.deepInclude(line, { orderId: order.id, account: 'sales', balancePaise: 39_500 })
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, customer.id)
  })

  test('is charged for the first time when an order is to be paid on it after all', async ({
    assert,
  }) => {
    for (let count = 1; count <= 2; count++) {
      const order = await createOrder({ customer, product })
      await inside((client) => Khata.amend(order, { paise: 10_000, upToPaise: 10_000 }, client))
      assert.deepEqual(await kinds(), Array(count).fill(['order', 10_000]))
    }
    const other = await createOrder({ product })
    const refusal = await refusalOf(
      inside((client) => Khata.amend(other, { paise: 1, upToPaise: 1 }, client))
    )
    assert.deepInclude(refusal, { field: 'payment_method', rule: 'no_khata' })
  })

  test('takes a sale at the counter up to its limit', async ({ assert }) => {
    await sell(30_000)
    const refusal = await refusalOf(sell(20_001))
    assert.deepInclude(refusal, { rule: 'over_limit', about: { leftPaise: 20_000 } })
    await sell(20_000)
    await lower(1_000)
    assert.deepInclude(await refusalOf(sell(1)), { rule: 'over_limit', about: { leftPaise: 0 } })
    const [line] = await khata.statement()
    assert.deepInclude(line, { kind: 'sale', account: 'sales', amountPaise: 20_000 })
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, owner.id)
  })

  test('has an undone sale taken off with its reason', async ({ assert }) => {
    const charge = await sell(30_000)
    const takeBack = () =>
      inside((client) => khata.takeBack(charge, 30_000, owner, 'Undone', client))
    await takeBack()
    const [line, sale] = await khata.statement()
    assert.deepInclude(line, {
      kind: 'reversal',
      reversedKind: 'sale',
      account: 'sales',
      amountPaise: -30_000,
      note: 'Undone',
    })
    assert.isTrue(sale.isReversed)
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, owner.id)
    await khata.close(owner)
    assert.equal(await outcomeOf(takeBack()), 'khata_closed')
    assert.equal(await outcomeOf(sell(1)), 'khata_closed')
  })

  test('gives back what an order was charged, by the owner or by itself', async ({ assert }) => {
    const order = await createOrder({ customer, product, quantity: 2, ...onKhata })
    await inside((client) => Khata.giveBack(order, 5_000, owner, client))
    await inside((client) => Khata.giveBack(order, 4_000, null, client))
    const lines = await khata.statement()
    assert.deepEqual(
      lines.map(({ kind, amountPaise, orderId }) => [kind, amountPaise, orderId]),
      [
        ['return', -4_000, order.id],
        ['return', -5_000, order.id],
        ['order', 20_000, order.id],
      ]
    )
    const written = await KhataTransaction.query().where('kind', 'return').orderBy('id')
    assert.deepEqual(
      written.map(({ actorId }) => actorId),
      [owner.id, null]
    )
  })

  test('is settled up to what is owed, within what else is done', async ({ assert }) => {
    await sell(10_000)
    const refusal = await refusalOf(khata.settle(10_001, 'cash', owner, null))
    assert.deepInclude(refusal, { owedPaise: 10_000, message: 'Only 10000 paise are owed' })
    await undone((client) => khata.settle(10_000, 'cash', owner, null, client))
    assert.equal(await khata.balancePaise(), 10_000)
    await khata.settle(10_000, 'cash', owner, 'Coins')
    const [line] = await khata.statement()
    assert.deepInclude(line, {
      kind: 'settlement',
      account: 'cash',
      amountPaise: -10_000,
      note: 'Coins',
      orderId: null,
      reversiblePaise: -10_000,
    })
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, owner.id)
  })

  test('is corrected within what else is done', async ({ assert }) => {
    await sell(10_000)
    await khata.settle(4_000, 'cash', owner, null)
    const [{ id }, sale] = await khata.statement()
    await undone((client) => khata.reverse(id, owner, 'Mistake', client))
    assert.equal(await khata.balancePaise(), 6_000)
    await khata.reverse(id, owner, 'Mistake')
    const [line] = await khata.statement()
    assert.deepInclude(line, { account: 'cash', amountPaise: 4_000, note: 'Mistake' })
    const written = await KhataTransaction.findOrFail(line.id)
    assert.deepInclude(written.$attributes, { reversesId: id, actorId: owner.id })
    assert.equal(await outcomeOf(khata.reverse(id, owner, 'Again')), 'not_reversible')
    assert.equal(await outcomeOf(khata.reverse(sale.id, owner, 'Today')), 'not_reversible')
    const unknown = khata.reverse(owner.id, owner, 'None')
    assert.equal(await outcomeOf(unknown), 'not_reversible')
  })

  test('is closed once it is even and its orders are finished', async ({ assert }) => {
    const order = await createOrder({ customer, product, ...onKhata })
    assert.isTrue(await khata.hasOpenOrders())
    assert.equal(await outcomeOf(khata.close(owner)), 'not_even')
    await khata.settle(10_000, 'cash', owner, null)
    assert.equal(await outcomeOf(khata.close(owner)), 'open_orders')
    await moveTo(order, 'delivered', owner)
    assert.isFalse(await khata.hasOpenOrders())
    await createOrder({ customer, product })
    await khata.close(owner)
    await khata.close(customer)
    assert.deepInclude(khata.$attributes, { state: 'closed', closedBy: owner.id })
    assert.equal(await outcomeOf(lower(1)), 'closed')
    assert.equal(await outcomeOf(khata.settle(1, 'cash', owner, null)), 'closed')
    assert.equal(await outcomeOf(khata.reverse(owner.id, owner, 'No')), 'closed')
    const again = await openKhata(shop.id, customer, 20_000)
    assert.deepInclude(again.$attributes, { id: khata.id, closedBy: null, limitPaise: 20_000 })
  })

  test('is not opened while it is open', async ({ assert }) => {
    const invitation = await KhataInvitation.send(shop, 'asha', 90_000)
    assert.equal(await outcomeOf(invitation.accept(customer)), 'already_open')
    assert.equal((await khata.refresh()).limitPaise, 50_000)
  })

  test('is no khata by name', async ({ assert }) => {
    const hold = (of: Khata) => inside((client) => of.holdByName(client))
    assert.equal(await outcomeOf(hold(khata)), 'invitation_gone')
    const named = await openByName(shop.id)
    assert.equal((await hold(named)).id, named.id)
    await named.close(owner)
    assert.equal(await outcomeOf(hold(named)), 'invitation_gone')
  })

  test('has a statement of its own lines alone', async ({ assert }) => {
    await sell(10_000)
    const other = await openKhata(shop.id, await createUser(), 50_000)
    const [{ id }] = await khata.statement()
    assert.equal((await statementLine(khata.id, id))?.amountPaise, 10_000)
    assert.isUndefined(await statementLine(other.id, id))
    assert.isEmpty(await other.statement())
    const seen = await inside(async (client) => {
      await khata.sell(5_000, owner, client)
      return khata.statement(client)
    })
    assert.deepEqual(
      seen.map(({ balancePaise }) => balancePaise),
      [15_000, 10_000]
    )
  })

  test('has a period with the balances around it', async ({ assert }) => {
    await sell(10_000)
    await sell(20_000)
    await khata.settle(4_000, 'cash', owner, null)
    const at = (id: string, day: string) =>
      db
        .from('khata_transactions')
        .where({ id })
        .update({ created_at: `${day}T06:00:00Z` })
    const [paid, second, first] = await khata.statement()
    await db.rawQuery('ALTER TABLE khata_transactions DISABLE TRIGGER USER')
    await at(first.id, '2026-01-10')
    await at(second.id, '2026-01-20')
    await at(paid.id, '2026-01-20')
    await db.rawQuery('ALTER TABLE khata_transactions ENABLE TRIGGER USER')
    const period = async (from: string | null, to: string | null) => {
      const { lines, ...rest } = await periodOf(khata.id, { from, to })
      return { ...rest, lines: lines.map(({ id }) => id) }
    }
    assert.deepEqual(await period('2026-01-11', '2026-01-20'), {
      from: '2026-01-11',
      to: '2026-01-20',
      openingPaise: 10_000,
      closingPaise: 26_000,
      lines: [second.id, paid.id],
    })
    assert.deepEqual(await period('2026-01-11', '2026-01-12'), {
      from: '2026-01-11',
      to: '2026-01-12',
      openingPaise: 10_000,
      closingPaise: 10_000,
      lines: [],
    })
    assert.containsSubset(await period('2026-01-10', '2026-01-10'), {
      openingPaise: 0,
      closingPaise: 10_000,
    })
    const { from, to } = await period(null, null)
    const today = DateTime.now().setZone('Asia/Kolkata')
    assert.equal(to, today.toISODate())
    assert.equal(from, today.minus({ months: 3 }).toISODate())
    assert.equal((await period('2026-01-20', '2026-01-10')).to, '2026-01-20')
  })
})

test.group('An invitation to a khata', (group) => {
  group.each.setup(openShop)

  const statesOf = async () => {
    const invitations = await KhataInvitation.query().orderBy('id')
    return invitations.map(({ state }) => state)
  }
  const daysOf = ({ expiresAt }: { expiresAt: DateTime }) =>
    Math.round(expiresAt.diffNow('days').days)

  test('is for a username for a month, and replaces its last', async ({ assert }) => {
    const first = await KhataInvitation.send(shop, 'asha', 10_000)
    await KhataInvitation.send(shop, 'nobody', 10_000)
    await KhataInvitation.send(await createShop(), 'asha', 10_000)
    const second = await KhataInvitation.send(shop, 'asha', 20_000)
    assert.equal(daysOf(second), 30)
    assert.deepInclude(second.$attributes, {
      shopId: shop.id,
      username: 'asha',
      customerId: customer.id,
      limitPaise: 20_000,
    })
    assert.deepEqual(await statesOf(), ['withdrawn', 'waiting', 'waiting', 'waiting'])
    assert.isFalse((await first.refresh()).isWaiting)
    assert.isTrue((await second.refresh()).isWaiting)
    const unknown = await KhataInvitation.findByOrFail({ username: 'nobody' })
    assert.isNull(unknown.customerId)
  })

  test('is shown to its customer with its shop, the newest first', async ({ assert }) => {
    const elsewhere = await createShop({ name: 'Verma Store' })
    await KhataInvitation.send(shop, 'asha', 10_000)
    await KhataInvitation.send(elsewhere, 'asha', 10_000)
    await createUser({ username: 'meena' })
    await KhataInvitation.send(shop, 'meena', 10_000)
    const names = async () =>
      (await KhataInvitation.waitingFor(customer)).map((invitation) => invitation.shop.name)
    assert.deepEqual(await names(), ['Verma Store', 'Gupta Kirana'])
    const [newest] = await KhataInvitation.waitingFor(customer)
    await newest.decline()
    assert.deepEqual(await names(), ['Gupta Kirana'])
    await expire('khata_invitations')
    assert.isEmpty(await names())
  })

  test('is shown to its shop until it is accepted, withdrawn or expired', async ({ assert }) => {
    const sent = async () => (await KhataInvitation.sentBy(shop)).map(({ username }) => username)
    await createUser({ username: 'meena' })
    const declined = await KhataInvitation.send(shop, 'meena', 10_000)
    await declined.decline()
    const accepted = await KhataInvitation.send(shop, 'asha', 10_000)
    await KhataInvitation.send(shop, 'ramu', 10_000)
    await KhataInvitation.send(await createShop(), 'ramu', 10_000)
    assert.deepEqual(await sent(), ['ramu', 'asha', 'meena'])
    await accepted.accept(customer)
    assert.deepEqual(await sent(), ['ramu', 'meena'])
    await expire('khata_invitations')
    assert.isEmpty(await sent())
  })

  test('is answered once', async ({ assert }) => {
    const declined = await KhataInvitation.send(shop, 'asha', 10_000)
    await declined.decline()
    await declined.decline()
    assert.equal((await declined.refresh()).state, 'declined')
    assert.equal(await outcomeOf(declined.withdraw()), 'invitation_gone')
    const withdrawn = await KhataInvitation.send(shop, 'asha', 10_000)
    await withdrawn.withdraw()
    assert.equal((await withdrawn.refresh()).state, 'withdrawn')
    assert.equal(await outcomeOf(withdrawn.decline()), 'invitation_gone')
    assert.equal(await outcomeOf(withdrawn.accept(customer)), 'invitation_gone')
    const expired = await KhataInvitation.send(shop, 'asha', 10_000)
    await expire('khata_invitations')
    assert.equal(await outcomeOf(expired.decline()), 'invitation_gone')
    assert.equal(await outcomeOf(expired.accept(customer)), 'invitation_gone')
    assert.isFalse((await expired.refresh()).isWaiting)
  })

  test('ends the others of its shop and customer when it is accepted', async ({ assert }) => {
    const code = await KhataInvitation.makeCode(shop, 20_000)
    const elsewhere = await createShop()
    await KhataInvitation.send(elsewhere, 'asha', 10_000)
    await KhataInvitation.send(shop, 'asha', 10_000)
    const khata = await KhataInvitation.enterCode(code, customer)
    assert.equal(khata.limitPaise, 20_000)
    assert.deepEqual(await statesOf(), ['accepted', 'waiting', 'withdrawn'])
    const accepted = await KhataInvitation.query().where('state', 'accepted').firstOrFail()
    assert.equal(accepted.customerId, customer.id)
    assert.equal(khata.invitationId, accepted.id)
  })

  test('is deleted after it has expired, unless it was accepted', async ({ assert }) => {
    const accepted = await KhataInvitation.send(shop, 'asha', 10_000)
    await accepted.accept(customer)
    await KhataInvitation.send(shop, 'ramu', 10_000)
    const elsewhere = await createShop()
    await KhataInvitation.send(elsewhere, 'ramu', 10_000)
    await expire('khata_invitations')
    await KhataInvitation.send(shop, 'meena', 10_000)
    const left = await KhataInvitation.query().orderBy('id')
    assert.deepEqual(
      left.map(({ username, shopId }) => [username, shopId]),
      [
        ['asha', shop.id],
        ['ramu', elsewhere.id],
        ['meena', shop.id],
      ]
    )
  })

  test('is made and accepted within what else is done', async ({ assert }) => {
    await undone((client) => KhataInvitation.send(shop, 'asha', 10_000, client))
    await undone((client) => KhataInvitation.makeCode(shop, 10_000, client))
    assert.isEmpty(await KhataInvitation.all())
    const invitation = await KhataInvitation.send(shop, 'asha', 10_000)
    await undone((client) => invitation.accept(customer, client))
    assert.isNull(await Khata.first())
    const named = await openByName(shop.id)
    await undone((client) => KhataInvitation.makeJoiningCode(named, client))
    assert.deepEqual(await statesOf(), ['waiting'])
  })

  test('ends when its shop closes', async ({ assert }) => {
    await KhataInvitation.send(shop, 'asha', 10_000)
    await KhataInvitation.send(await createShop(), 'asha', 10_000)
    await inside((client) => KhataInvitation.withdrawAll(shop, client))
    assert.deepEqual(await statesOf(), ['withdrawn', 'waiting'])
    await closeShop(shop)
    assert.equal(await outcomeOf(KhataInvitation.send(shop, 'asha', 1)), 'shop_closed')
    assert.equal(await outcomeOf(KhataInvitation.makeCode(shop, 1)), 'shop_closed')
  })

  test('by a code is valid for a week, and known by its digest alone', async ({ assert }) => {
    const code = await KhataInvitation.makeCode(shop, 20_000)
    const invitation = await KhataInvitation.firstOrFail()
    assert.equal(daysOf(invitation), 7)
    assert.deepInclude(invitation.$attributes, {
      codeDigest: digestOfKhataCode(code),
      username: null,
      khataId: null,
      limitPaise: 20_000,
    })
    assert.equal(
      await outcomeOf(KhataInvitation.enterCode(newKhataCode(), customer)),
      'invitation_gone'
    )
  })

  test('by a code is easily read, and typed in any way', ({ assert }) => {
    const codes = Array.from({ length: 50 }, newKhataCode)
    for (const code of codes) assert.match(code, /^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
    assert.lengthOf(new Set(codes), 50)
    const digest = digestOfKhataCode('K7QF-3MPX')
    assert.match(digest, /^[0-9a-f]{64}$/)
    for (const typed of ['k7qf3mpx', ' K7QF 3MPX ', 'k7-qf-3m-px', 'K७QF–३MPX']) {
      assert.equal(digestOfKhataCode(typed), digest, typed)
    }
    assert.notEqual(digestOfKhataCode('K7QF-3MPY'), digest)
  })
})

test.group('A request to join a khata', (group) => {
  let named: Khata

  group.each.setup(async () => {
    await openShop()
    named = await openByName(shop.id, { limitPaise: 70_000 })
  })

  const waiting = async () => (await KhataRequest.waiting()).map(({ customerId }) => customerId)

  test('is made once for a month, and shown with the newest first', async ({ assert }) => {
    const asked = await KhataRequest.ask(shop, customer)
    assert.equal(Math.round(asked.expiresAt.diffNow('days').days), 30)
    assert.deepInclude(asked.$attributes, { shopId: shop.id, customerId: customer.id })
    assert.equal((await KhataRequest.ask(shop, customer)).id, asked.id)
    const other = await createUser()
    await KhataRequest.ask(shop, other)
    assert.deepEqual(await waiting(), [other.id, customer.id])
    const elsewhere = await KhataRequest.ask(await createShop(), customer)
    assert.notEqual(elsewhere.id, asked.id)
    assert.isTrue((await asked.refresh()).isWaiting)
  })

  test('is made again after it has expired', async ({ assert }) => {
    const expired = await KhataRequest.ask(shop, customer)
    await expire('khata_requests')
    assert.isEmpty(await waiting())
    assert.isFalse((await expired.refresh()).isWaiting)
    assert.equal(await outcomeOf(expired.confirm(named)), 'request_gone')
    assert.equal(await outcomeOf(expired.decline()), 'request_gone')
    const asked = await KhataRequest.ask(shop, customer)
    assert.notEqual(asked.id, expired.id)
    assert.equal((await expired.refresh()).state, 'withdrawn')
  })

  test('is answered once', async ({ assert }) => {
    const declined = await KhataRequest.ask(shop, customer)
    await declined.decline()
    await declined.decline()
    assert.equal((await declined.refresh()).state, 'declined')
    assert.equal(await outcomeOf(declined.withdraw()), 'request_gone')
    assert.equal(await outcomeOf(declined.confirm(named)), 'request_gone')
    const withdrawn = await KhataRequest.ask(shop, customer)
    await withdrawn.withdraw()
    assert.equal((await withdrawn.refresh()).state, 'withdrawn')
    assert.equal(await outcomeOf(withdrawn.decline()), 'request_gone')
  })

  test('is confirmed with an invitation, and ends those that wait', async ({ assert }) => {
    const earlier = await KhataInvitation.send(shop, 'asha', 10_000)
    const elsewhere = await KhataInvitation.send(await createShop(), 'asha', 10_000)
    const code = await KhataInvitation.makeJoiningCode(named)
    const asked = await KhataRequest.ask(shop, customer)
    const khata = await asked.confirm(named)
    assert.equal((await asked.refresh()).state, 'confirmed')
    assert.equal((await earlier.refresh()).state, 'withdrawn')
    assert.equal((await elsewhere.refresh()).state, 'waiting')
    const invitation = await KhataInvitation.findOrFail(khata.invitationId!)
    assert.deepInclude(invitation.$attributes, {
      state: 'accepted',
      username: 'asha',
      customerId: customer.id,
      khataId: named.id,
      limitPaise: 70_000,
    })
    assert.equal(Math.round(invitation.expiresAt.diffNow('days').days), 30)
    const late = KhataInvitation.enterCode(code, await createUser())
    assert.equal(await outcomeOf(late), 'invitation_gone')
  })

  test('ends when its customer has joined by a code, or its shop closes', async ({ assert }) => {
    const [own, other] = [await KhataRequest.ask(shop, customer), await createUser()]
    const others = await KhataRequest.ask(shop, other)
    const elsewhere = await KhataRequest.ask(await createShop(), other)
    await KhataInvitation.enterCode(await KhataInvitation.makeJoiningCode(named), customer)
    assert.equal((await own.refresh()).state, 'withdrawn')
    assert.equal((await others.refresh()).state, 'waiting')
    await inside((client) => KhataRequest.endAll({ shopId: shop.id }, client))
    assert.equal((await others.refresh()).state, 'withdrawn')
    assert.equal((await elsewhere.refresh()).state, 'waiting')
  })

  test('joins nothing of an account with a larger limit of its own but the balance', async ({
    assert,
  }) => {
    const own = await openKhata(shop.id, customer, 90_000)
    await inside((client) => named.sell(12_300, owner, client))
    const khata = await (await KhataRequest.ask(shop, customer)).confirm(named)
    assert.equal(khata.id, own.id)
    assert.equal(khata.limitPaise, 90_000)
    const [line] = await khata.statement()
    assert.deepInclude(line, { kind: 'transfer', account: 'transfer', amountPaise: 12_300 })
    assert.equal((await KhataTransaction.findOrFail(line.id)).actorId, customer.id)
    const [moved] = await named.statement()
    assert.deepInclude(moved, { kind: 'transfer', amountPaise: -12_300, balancePaise: 0 })
    assert.deepInclude((await named.refresh()).$attributes, {
      state: 'closed',
      closedBy: customer.id,
      joinedToId: own.id,
    })
    const even = await openByName(shop.id)
    await (await KhataRequest.ask(shop, customer)).confirm(even)
    assert.lengthOf(await khata.statement(), 1)
    assert.isEmpty(await even.statement())
  })
})
