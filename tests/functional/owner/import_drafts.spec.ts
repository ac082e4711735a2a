import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type User from '#models/user'
import Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { standbyCaughtUp } from '#tests/helpers/standby'
import { type Visitor } from '#tests/helpers/visitor'

const HEADER = 'name,unit,price,stock'

test.group('A list that is checked', (group) => {
  let owner: User
  let visitor: Visitor
  let shopId: string
  let path: string

  group.each.setup(async () => {
    await emptyDatabase()
    owner = await createOwner()
    shopId = (await createShop({ ownerId: owner.id })).id
    visitor = await loggedIn(owner)
    path = `/owner/shops/${shopId}/product-imports`
  })

  const check = async (fields: Record<string, string | Blob>, from = visitor) => {
    const body = new FormData()
    for (const [name, value] of Object.entries(fields)) body.set(name, value)
    return (from.page = await from.request('POST', path, body))
  }

  const prices = async () => {
    const products = await Product.query().orderByRaw('lower(name)')
    return Object.fromEntries(products.map(({ name, pricePaise }) => [name, pricePaise]))
  }

  test('keeps of any correction what the database can keep, and no more than a field needs', async ({
    assert,
  }) => {
    await check({ csv: `${HEADER}\nBesan,1 kg,free,5` })
    const page = await visitor.submit('#corrections-form', {
      'corrections[name-2]': `${'b'.repeat(499)}😀`,
      'corrections[price-2]': '4\0 5',
    })
    assert.equal(page.status, 200)
    assert.equal(page.$('[name="corrections[name-2]"]').val(), `${'b'.repeat(499)}\uFFFD`)
    assert.equal(page.$('[name="corrections[price-2]"]').val(), '4 5')
  })

  test('shows its errors first, keeps what was typed, and is corrected in place', async ({
    assert,
  }) => {
    const rows = ['Besan,1 kg,52,5', 'Poha,1 kg,free,x', 'Suji,,40,5', 'besan,1 kg,60,5']
    const page = await check({ csv: [HEADER, ...rows].join('\n') })
    assert.include(page.text, '1 new, 0 changed, 0 without a change, 3 with errors')
    const errors = page.$('#corrections-form')
    assert.isAbove(page.html.indexOf('id="changes-title"'), page.html.indexOf('id="errors-title"'))
    assert.include(errors.text().replace(/\s+/g, ' '), 'Line 3: Poha')
    assert.equal(page.$('[name="corrections[price-3]"]').val(), 'free')
    assert.match(page.$('#price-3-error').text(), /Enter the price in rupees/)
    assert.match(page.$('#stock-3-error').text(), /whole number/)
    assert.match(page.$('#unit-4-error').text(), /Enter the unit/)
    assert.match(page.$('#name-5-error').text(), /already in the list/)

    const again = await visitor.submit('#corrections-form', {
      'corrections[price-3]': '₹ 45',
      'corrections[stock-3]': 'many',
      'corrections[unit-4]': '500 g',
      'corrections[name-5]': 'Besan mota',
    })
    assert.include(again.text, '3 new, 0 changed, 0 without a change, 1 with errors')
    assert.equal(again.$('[name="corrections[stock-3]"]').val(), 'many')
    await visitor.submit('#corrections-form', { 'corrections[stock-3]': '१०' })
    await visitor.submit('#import-form')
    assert.deepEqual(await prices(), {
      'Besan': 5_200,
      'Besan mota': 6_000,
      'Poha': 4_500,
      'Suji': 4_000,
    })
  })

  test('lets a line with a broken quote be corrected', async ({ assert }) => {
    const page = await check({ csv: `${HEADER}\n"Besan,1 kg,52,5\nPoha,1 kg,40,5` })
    assert.include(page.text, '1 new, 0 changed, 0 without a change, 1 with errors')
    assert.include(page.$('#name-2-error').text(), 'A quotation mark')
    await visitor.submit('#corrections-form', { 'corrections[name-2]': 'Besan' })
    await visitor.submit('#import-form')
    assert.deepEqual(await prices(), { Besan: 5_200, Poha: 4_000 })
  })

  test('takes inch marks and lines of separators', async ({ assert }) => {
    const csv = `${'\t\t\t\n'.repeat(1_200)}name\tunit\tprice\tstock\n\t\t\t\nAgarbatti 9" pack\t1 pc\t20\t10`
    const page = await check({ file: new File([csv], 'list.txt') })
    assert.include(page.text, 'Line 1203: Agarbatti 9" pack')
    assert.include(page.text, '1 new')
  })

  test("is its owner's alone, in its shop alone, and for an hour", async ({ assert }) => {
    await check({ csv: `${HEADER}\nPoha,1 kg,free,5` })
    const draft = visitor.page!.path
    const other = await createShop({ ownerId: owner.id })
    assert.equal((await visitor.visit(draft.replace(shopId, other.id))).status, 404)
    const rival = await createOwner()
    const rivals = await createShop({ ownerId: rival.id })
    const stranger = await loggedIn(rival)
    for (const address of [draft, draft.replace(shopId, rivals.id)]) {
      for (const page of [address, `${address}/columns`]) {
        assert.equal((await stranger.visit(page)).status, 404)
      }
      const body = new URLSearchParams({ 'corrections[price-2]': '1' })
      assert.equal((await stranger.request('POST', `${address}?_method=PUT`, body)).status, 404)
    }

    await db.rawQuery(`UPDATE import_drafts SET expires_at = now() + interval '5 minutes'`)
    await visitor.visit(draft)
    await visitor.submit('#corrections-form', { 'corrections[price-2]': 'dear' })
    const [{ left }] = (
      await db.rawQuery(
        `SELECT extract(epoch FROM expires_at - now())::integer AS left FROM import_drafts`
      )
    ).rows
    assert.approximately(left, 3_600, 60)
    await db.rawQuery('UPDATE import_drafts SET expires_at = now()')
    await standbyCaughtUp()
    assert.equal((await visitor.visit(draft)).status, 404)
    assert.equal((await visitor.visit(`${draft}/columns`)).status, 404)
  })

  test('is one of at most five of a shop', async ({ assert }) => {
    for (let n = 1; n <= 7; n++) await check({ csv: `${HEADER}\nPoha ${n},1 kg,40,5` })
    const texts = await db.from('import_drafts').orderBy('id').select('text')
    assert.lengthOf(texts, 5)
    assert.include(texts[4].text, 'Poha 7')
  })

  test('has its columns chosen by hand when their names are unknown', async ({ assert }) => {
    const page = await check({ csv: 'aa,bb,cc,dd\nBesan,1 kg,52,5\nPoha,500 g,40,7' })
    assert.match(page.path, /\/columns$/)
    assert.include(page.$('label[for=columns-c0]').text(), 'aa')
    assert.include(page.$('#columns').text(), 'Besan · Poha')

    const columns = { 'columns[c1]': 'unit', 'columns[c2]': 'price', 'columns[c3]': 'price' }
    const refused = await visitor.submit('#columns-form', columns)
    assert.equal(refused.status, 422)
    assert.include(refused.$('#columns .field-error').text(), 'Two columns are chosen for the same')
    assert.equal(refused.$('[name="columns[c1]"]').val(), 'unit')
    const nameless = await visitor.submit('#columns-form', { 'columns[c3]': 'stock' })
    assert.equal(nameless.status, 422)
    assert.include(nameless.$('#columns .field-error').text(), 'the column that has the names')
    assert.equal(nameless.$('[name="columns[c3]"]').val(), 'stock')

    const preview = await visitor.submit('#columns-form', { 'columns[c0]': 'name' })
    assert.include(preview.text, '2 new')
    await visitor.visit(`${preview.path}/columns`)
    await visitor.submit('#columns-form', { first_line: 'product' })
    assert.include(visitor.page!.text, '2 new, 0 changed, 0 without a change, 1 with errors')
    await visitor.submit('#import-form')
    assert.deepEqual(await prices(), { Besan: 5_200, Poha: 4_000 })
  })

  test('is written with semicolons and decimal commas when its owner says so', async ({
    assert,
  }) => {
    const csv = 'name;unit;price;stock\nBesan;1 kg;52,50;5\nKesar;1 g;1.250,00;1.000'
    const guessed = await check({ csv })
    assert.match(guessed.path, /\/columns$/)
    await visitor.submit('#columns-form', { separator: 'semicolon' })
    assert.include(visitor.page!.text, '0 new, 0 changed, 0 without a change, 2 with errors')
    await check({ csv, separator: 'semicolon', decimal_mark: ',' })
    await visitor.submit('#import-form')
    assert.deepEqual(await prices(), { Besan: 5_250, Kesar: 125_000 })
    assert.equal((await Product.findByOrFail('name', 'Kesar')).stock, 1_000)
  })

  test('reads categories in both languages and shows them in that of the page', async ({
    assert,
  }) => {
    const rows = ['A,Dals', 'B,दालें', 'C,dals', 'D,तेल और घी', 'E,rocks']
    const csv = ['सामान,श्रेणी,माप,दाम,स्टॉक', ...rows.map((row) => `${row},1 kg,5,5`)].join('\n')
    await check({ csv })
    const hindi = await visitor.request('GET', visitor.page!.path, undefined, {
      'accept-language': 'hi',
    })
    assert.include(hindi.text, '4 नए')
    assert.notInclude(hindi.$('section[aria-labelledby=changes-title]').text(), 'dals')
    assert.equal(hindi.$('.bill-line:contains("दालें")').length, 4)
    assert.equal(hindi.$('[name="corrections[category-6]"]').val(), 'rocks')
    await visitor.submit('#corrections-form', { 'corrections[category-6]': 'rice' })
    await visitor.submit('#import-form')
    const products = await Product.query().orderBy('name')
    assert.deepEqual(
      products.map(({ category }) => category),
      ['dals', 'dals', 'dals', 'oils', 'rice']
    )
  })

  test('stays small, however long it is', async ({ assert }) => {
    const rows = Array.from({ length: 5_000 }, (_, n) => {
      return `Product ${n},1 kg,${n % 3 ? '52' : 'free'},5`
    })
    const page = await check({ csv: [HEADER, ...rows].join('\n') })
    assert.include(page.text, '3,333 new, 0 changed, 0 without a change, 1,667 with errors')
    assert.isAtMost(page.$('.bill-line').length, 30)
    assert.isBelow(page.html.length, 60_000)
    const next = await visitor.visit(page.$('#corrections-form ~ .pager [rel=next]').attr('href')!)
    assert.notEqual(next.$('.bill-line').first().text(), page.$('.bill-line').first().text())
    await visitor.submit('#corrections-form', {})
    assert.match(visitor.page!.path, /errors=2/)
    const done = await visitor.submit('#import-form')
    assert.include(done.text, '3333 products added, 0 changed')
    assert.lengthOf(await Product.all(), 3_333)
  }).timeout(120_000)

  test('is shown again when a correction in another tab changed what it does', async ({
    assert,
  }) => {
    await check({ csv: `${HEADER}\nBesan,1 kg,52,5\nPoha,1 kg,free,5` })
    const { action, fields } = visitor.form('#import-form')
    await visitor.submit('#corrections-form', { 'corrections[price-3]': '40' })
    const stale = await visitor.request('POST', action, fields)
    assert.equal(stale.status, 409)
    assert.include(stale.text, '2 new')
    assert.lengthOf(await Product.all(), 0)
  })

  test('is imported once from two tabs', async ({ assert }) => {
    const product = await createProduct({ shopId, name: 'Besan', stock: 10 })
    await check({ csv: 'name,stock\nBesan,25' })
    const draft = visitor.page!.path
    const forms = []
    for (let tab = 0; tab < 2; tab++) {
      await visitor.visit(draft)
      forms.push(visitor.form('#import-form'))
    }
    const statuses = await Promise.all(
      forms.map(async ({ action, fields }) => (await visitor.send('POST', action, fields)).status)
    )
    assert.sameMembers(statuses, [303, 404])
    assert.equal((await product.refresh()).stock, 25)
  })

  for (const [what, bytes, message] of [
    ['a spreadsheet', Buffer.from('PK\x03\x04rest'), 'save it as “CSV UTF-8”'],
    ['an old spreadsheet', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'save it as “CSV UTF-8”'],
    ['a photo', Buffer.from('ffd8ffe000104a46', 'hex'), 'This is a picture'],
    ['a photo of an iPhone', Buffer.from('\0\0\0\x18ftypheic'), 'This is a picture'],
    ['a PDF', Buffer.from('%PDF-1.7'), 'This is a PDF'],
    ['an empty file', Buffer.alloc(0), 'The list has no products'],
    ['UTF-16 without a mark', Buffer.from(`${HEADER}\nBesan,1 kg,5,5`, 'utf16le'), 'CSV UTF-8'],
    ['10 MB', Buffer.alloc(10_000_000, 'Besan,1 kg,52,5\n'), 'at most 2 MB'],
  ] as const) {
    test(`says at the file what to do with ${what}`, async ({ assert }) => {
      const file = new File([new Uint8Array(bytes)], 'list.csv')
      const page = await check({ file })
      assert.equal(page.status, what === '10 MB' ? 413 : 422)
      assert.include(page.$('#file-error').text(), message)
      assert.lengthOf(await db.from('import_drafts'), 0)
    })
  }
})
