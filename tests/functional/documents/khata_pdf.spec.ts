import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type Khata from '#models/khata'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createShop, createUser } from '#tests/helpers/factories'
import { openKhata } from '#tests/helpers/khatas'
import { loggedIn } from '#tests/helpers/log_in'
import { textOf } from '#tests/helpers/pdf'
import type { Visitor } from '#tests/helpers/visitor'

test.group('The statement of a khata as PDF', (group) => {
  let owner: User
  let customer: User
  let shop: Shop
  let khata: Khata

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    customer = await createUser({ fullName: 'Asha Verma' })
    shop = await createShop({ ownerId: owner.id })
    khata = await openKhata(shop.id, customer, 100_000)
    await db.transaction((client) => khata.sell(30_000, owner, client))
    await khata.settle(12_050, 'upi', owner, 'UTR 4055')
  })

  const read = async (visitor: Visitor, path: string) => {
    const response = await visitor.send('GET', path)
    const pdf = new Uint8Array(await response.arrayBuffer())
    return { response, said: (await textOf(pdf)).replace(/\s+/g, ' ') }
  }
  const ours = () => `/owner/shops/${shop.id}/khatas/${khata.id}/statement.pdf`
  const theirs = () => `/khatas/${khata.id}/statement.pdf`

  test('says the same to both, with the balance after each line', async ({ assert }) => {
    for (const [user, path] of [
      [owner, ours()],
      [customer, theirs()],
    ] as const) {
      const { response, said } = await read(await loggedIn(user), path)
      assert.equal(response.headers.get('content-type'), 'application/pdf')
      assert.match(response.headers.get('content-disposition')!, /khata-20\d\d-.*\.pdf/)
      for (const text of [
        'Gupta Kirana',
        'Asha Verma',
        'Sale at the counter',
        '₹300',
        'UTR 4055',
      ]) {
        assert.include(said, text)
      }
      assert.match(said, /Balance at the end balance: ₹179\.50/)
    }
  })

  test('speaks Hindi', async ({ assert }) => {
    const { said } = await read(await loggedIn(customer), `${theirs()}?lang=hi`)
    assert.include(said, 'उधार खाते का हिसाब')
    assert.include(said, 'यूपीआई से दिए')
  })

  test('begins with the balance before its first day', async ({ assert }) => {
    await db.rawQuery('ALTER TABLE khata_transactions DISABLE TRIGGER USER')
    await db
      .from('khata_transactions')
      .where('kind', 'sale')
      .update({ created_at: '2026-01-10T20:00:00Z' })
    await db.rawQuery('ALTER TABLE khata_transactions ENABLE TRIGGER USER')
    const visitor = await loggedIn(owner)
    const later = await read(visitor, `${ours()}?from=2026-01-12`)
    assert.include(later.said, 'Balance before balance: ₹300')
    assert.notInclude(later.said, 'Sale at the counter')
    const thatDay = await read(visitor, `${ours()}?from=2026-01-11&to=2026-01-11`)
    assert.include(thatDay.said, 'Sale at the counter')
    assert.include(thatDay.said, 'Balance at the end balance: ₹300')
    const before = await read(visitor, `${ours()}?from=2025-12-01&to=2026-01-10`)
    assert.include(before.said, 'Balance at the end balance: ₹0')
    assert.equal((await read(visitor, `${ours()}?from=2026-02-31`)).response.status, 200)
  })

  test('is only for its two sides', async ({ assert }) => {
    const rival = await loggedIn(await createOwner())
    assert.equal((await rival.send('GET', ours())).status, 404)
    const stranger = await loggedIn(await createUser())
    assert.equal((await stranger.send('GET', theirs())).status, 404)
  })
})
