import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import CounterSale from '#models/counter_sale'
import type Khata from '#models/khata'
import { writeLine } from '#models/khata_line'
import type Product from '#models/product'
import type Shop from '#models/shop'
import type User from '#models/user'
import { emptyDatabase } from '#tests/helpers/database'
import { closeShop, createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { openByName } from '#tests/helpers/named_khatas'
import type { Visitor } from '#tests/helpers/visitor'

test.group('Sales at the counter', (group) => {
  let owner: User
  let shop: Shop
  let product: Product
  let khata: Khata
  let visitor: Visitor
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shop = await createShop({ ownerId: owner.id })
    product = await createProduct({ shopId: shop.id, pricePaise: 5_200, stock: 5 })
    khata = await openByName(shop.id, { limitPaise: 20_000 })
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shop.id}/counter`
    await visitor.visit(path)
  })

  const sell = (values: Record<string, string>) => visitor.submit('#counter-form', values)
  const stock = async () => (await product.refresh()).stock

  test('an amount in cash is one field and one button', async ({ assert }) => {
    const page = await sell({ amount: '120', payment: 'cash' })
    assert.equal(page.status, 200)
    assert.include(page.text, '₹120 in cash noted')
    const sale = await CounterSale.firstOrFail()
    assert.deepInclude(sale.$attributes, { amountPaise: 12_000, payment: 'cash' })
    assert.include(page.text, '1 sale')
  })

  test('items move the stock, and add to the amount', async ({ assert }) => {
    const page = await sell({ 'amount': '8', 'items[0][quantity]': '2', 'payment': 'upi' })
    assert.include(page.text, '₹112 by UPI')
    assert.equal(await stock(), 3)
    const [line] = await (await CounterSale.firstOrFail()).related('lines').query()
    assert.deepInclude(line.$attributes, { quantity: 2, amountPaise: 10_400, taken: 2 })
  })

  for (const payment of ['cash', 'khata']) {
    test(`₹20 worth of loose goods costs ₹20, paid by ${payment}`, async ({ assert }) => {
      const loose = await createProduct({
        ...{ shopId: shop.id, name: 'Aaloo', unit: 'kg', stock: 5_000, pricePaise: 4_600 },
        ...{ soldAs: 'loose', measure: 'weight', netQuantity: 1000 },
        ...{ smallest: 50, step: 50, presets: [250, 500] },
      })
      await visitor.visit(path)
      const paid = { payment, ...(payment === 'khata' && { khata_id: khata.id }) }
      const page = await sell({ 'items[0][quantity]': '₹20', ...paid })
      assert.include(page.text, '₹20')
      const sale = await CounterSale.firstOrFail()
      const [line] = await sale.related('lines').query()
      assert.equal(sale.amountPaise, 2_000)
      assert.deepInclude(line.$attributes, {
        productId: loose.id,
        amountPaise: 2_000,
        quantity: 435,
      })
      assert.equal((await loose.refresh()).stock, 4_565)
      assert.equal(await khata.balancePaise(), payment === 'khata' ? 2_000 : 0)
    })
  }

  test('goods on the counter are sold although the stock says less, and undone as far', async ({
    assert,
  }) => {
    await sell({ 'items[0][quantity]': '7', 'payment': 'cash' })
    assert.equal(await stock(), 0)
    await visitor.submit('form[action*="/counter/"]')
    assert.equal(await stock(), 5)
  })

  test('a sale on khata is charged, shown there, and undone with it', async ({ assert }) => {
    await sell({ 'items[0][quantity]': '1', 'payment': 'khata', 'khata_id': khata.id })
    assert.equal(await khata.balancePaise(), 5_200)
    const statement = await visitor.visit(`/owner/shops/${shop.id}/khatas/${khata.id}`)
    assert.include(statement.text, 'Sale at the counter')
    assert.lengthOf(statement.$('a[href$="/reversal"]'), 0)
    await visitor.visit(path)
    const page = await visitor.submit('form[action*="/counter/"]')
    assert.include(page.text, 'Sale undone')
    assert.equal(await khata.balancePaise(), 0)
    assert.equal(await stock(), 5)
    assert.include(page.text, '0 sales')
    const { id } = await CounterSale.firstOrFail()
    await visitor.request('POST', `${path}/${id}?_method=DELETE`)
    assert.equal(await khata.balancePaise(), 0)
  })

  test('an undone sale is not charged again by a correction of its line', async ({ assert }) => {
    await sell({ amount: '100', payment: 'khata', khata_id: khata.id })
    await visitor.submit('form[action*="/counter/"]')
    const [{ id, reversiblePaise }] = await khata.statement()
    assert.equal(reversiblePaise, 0)
    const ofKhata = `/owner/shops/${shop.id}/khatas/${khata.id}`
    assert.lengthOf((await visitor.visit(ofKhata)).$('a[href$="/reversal"]'), 0)
    await assert.rejects(() => khata.reverse(id, owner, 'Bought after all'), /not_reversible/)
    const line = { kind: 'reversal' as const, reversesId: id, note: 'x', actorId: owner.id }
    const write = () => db.transaction((client) => writeLine(khata, line, 'sales', 10_000, client))
    await assert.rejects(write, /cannot be reversed so/)
    assert.equal(await khata.balancePaise(), 0)
  })

  test('what is missing or unread is said in the words of the counter', async ({ assert }) => {
    const unchosen = await sell({ amount: '10', payment: 'khata' })
    assert.equal(unchosen.status, 422)
    assert.include(unchosen.text, 'Choose whose khata it is')
    assert.notInclude(unchosen.text, 'khata_id')
    const nothing = await sell({ amount: '0', payment: 'cash' })
    assert.include(nothing.text, 'The amount must be between')
    await product
      .merge({ soldAs: 'loose', measure: 'weight', unit: 'kg', netQuantity: 1_000, stock: 5_000 })
      .merge({ smallest: 50, step: 50, presets: [250, 500] })
      .save()
    for (const typed of ['some', '900000 kg']) {
      await visitor.visit(path)
      const page = await sell({ 'items[0][quantity]': typed, 'payment': 'cash' })
      assert.include(page.text, 'Write an amount such as 250 g', typed)
    }
    assert.isNull(await CounterSale.first())
  })

  test('above the limit nothing is sold, and nothing typed is lost', async ({ assert }) => {
    const page = await sell({
      'amount': '150',
      'items[0][quantity]': '1',
      'payment': 'khata',
      'khata_id': khata.id,
    })
    assert.equal(page.status, 422)
    assert.include(page.text, '₹200 more')
    assert.lengthOf(page.$('[name=khata_id][aria-invalid=true]'), 1)
    assert.equal(page.$('[name=amount]').val(), '150')
    assert.equal(page.$('[name="items[0][quantity]"]').val(), '1')
    assert.equal(page.$('[name=khata_id]').val(), khata.id)
    assert.equal(await stock(), 5)
    assert.isNull(await CounterSale.first())
  })

  test('parallel sales do not pass the limit', async ({ assert }) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () =>
        db.transaction((client) =>
          CounterSale.sell(
            shop,
            { otherPaise: 6_000, items: [], payment: 'khata', khataId: khata.id },
            owner,
            client
          )
        )
      )
    )
    assert.lengthOf(
      outcomes.filter(({ status }) => status === 'fulfilled'),
      3
    )
    assert.equal(await khata.balancePaise(), 18_000)
    assert.lengthOf(await CounterSale.all(), 3)
  })

  test('a form that is sent twice sells once', async ({ assert }) => {
    const { action, fields } = visitor.form('#counter-form')
    fields.set('amount', '50')
    fields.set('payment', 'cash')
    await visitor.request('POST', action, fields)
    await visitor.request('POST', action, fields)
    assert.lengthOf(await CounterSale.all(), 1)
  })

  test('what cannot be read is said at its field', async ({ assert }) => {
    for (const [values, field] of [
      [{ payment: 'cash' }, 'amount'],
      [{ amount: 'much', payment: 'cash' }, 'amount'],
      [{ 'items[0][quantity]': 'some', 'payment': 'cash' }, 'items[0][quantity]'],
      [{ amount: '5', payment: 'khata' }, 'khata_id'],
    ] as const) {
      const page = await sell({ amount: '', ...values })
      assert.equal(page.status, 422, field)
      assert.lengthOf(page.$(`[name="${field}"][aria-invalid=true]`), 1, field)
    }
    assert.isNull(await CounterSale.first())
  })

  test("another shop's khata and goods are not found", async ({ assert }) => {
    const other = await createShop()
    const foreign = await openByName(other.id)
    const goods = await createProduct({ shopId: other.id })
    const form = visitor.form('#counter-form')
    form.fields.set('payment', 'khata')
    form.fields.set('amount', '5')
    form.fields.set('khata_id', foreign.id)
    assert.equal((await visitor.request('POST', form.action, form.fields)).status, 404)
    form.fields.set('khata_id', '')
    form.fields.set('payment', 'cash')
    form.fields.set('items[0][product_id]', goods.id)
    form.fields.set('items[0][quantity]', '1')
    assert.equal((await visitor.request('POST', form.action, form.fields)).status, 422)
    assert.isNull(await CounterSale.first())
  })

  test('a sale stays after its day; a charge is then corrected in the khata', async ({
    assert,
  }) => {
    await sell({ amount: '50', payment: 'khata', khata_id: khata.id })
    const sale = await CounterSale.firstOrFail()
    await db.rawQuery('ALTER TABLE counter_sales DISABLE TRIGGER USER')
    await db.rawQuery('ALTER TABLE khata_transactions DISABLE TRIGGER USER')
    await db.rawQuery(`UPDATE counter_sales SET sold_on = sold_on - 1`)
    await db.rawQuery(`UPDATE khata_transactions SET created_at = created_at - interval '1 day'`)
    await db.rawQuery('ALTER TABLE counter_sales ENABLE TRIGGER USER')
    await db.rawQuery('ALTER TABLE khata_transactions ENABLE TRIGGER USER')
    await assert.rejects(() => sale.undo(owner, 'Undone'), /too_late/)
    await assert.rejects(
      () => db.from('counter_sales').update({ undone_at: new Date() }),
      /undone on its day/
    )
    await assert.rejects(() => db.from('counter_sales').delete(), /stays/)
    await khata.reverse(sale.khataTransactionId!, owner, 'Wrong customer')
    assert.equal(await khata.balancePaise(), 0)
    const yesterday = await visitor.visit(path)
    assert.include(yesterday.text, '0 sales')
    const link = yesterday.$('a:contains("Day before")').attr('href')!
    assert.include((await visitor.visit(link)).text, '1 sale')
    assert.equal((await visitor.visit(`${path}?day=2026-02-31`)).status, 200)
  })

  test('a closed shop sells nothing, and one that has sold is closed, not deleted', async ({
    assert,
  }) => {
    await sell({ amount: '50', payment: 'cash' })
    await closeShop(shop)
    const page = await visitor.visit(path)
    assert.lengthOf(page.$('#counter-form'), 0)
    assert.include(page.text, 'The shop is closed')
    assert.isNotNull(await CounterSale.first())
  })

  test('a deleted product leaves its line', async ({ assert }) => {
    await sell({ 'items[0][quantity]': '1', 'payment': 'cash' })
    await product.delete()
    const [line] = await (await CounterSale.firstOrFail()).related('lines').query()
    assert.isNull(line.productId)
    assert.include((await visitor.visit(path)).text, line.name)
    assert.include((await visitor.submit('form[action*="/counter/"]')).text, 'Sale undone')
  })
})
