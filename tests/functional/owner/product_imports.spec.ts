import { readFile } from 'node:fs/promises'
import { test } from '@japa/runner'
import User from '#models/user'
import Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const HEADER = 'name,name_hi,category,unit,price,stock'

test.group('Lists of products', (group) => {
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

  /** Checks a list and imports what can be imported. */
  const importList = async (csv: string) => {
    const page = await check({ csv })
    return page.$('#import-form').length > 0 ? visitor.submit('#import-form') : page
  }

  test('are shown with what is wrong in each line before anything is stored', async ({
    assert,
  }) => {
    const csv = [
      HEADER,
      'Besan,बेसन,flours,500 g,52.50,20',
      'Poha,,,1 kg,free,10',
      'Suji,,rocks,1 kg,40,-1',
      'Rava,,,1 kg,"52,50",1',
      'besan,,,1 kg,50,1',
    ].join('\n')
    const page = await check({ csv })
    assert.equal(page.status, 200)
    assert.include(page.text, '1 new, 0 changed, 0 without a change, 4 with errors')
    const lines = page
      .$('.bill-line')
      .map((_, line) => page.$(line).text().replace(/\s+/g, ' '))
      .get()
    assert.include(lines[0], 'Line 3')
    assert.include(lines[0], 'Enter the price in rupees')
    assert.include(lines[1], 'stock')
    assert.include(lines[2], 'Enter the price in rupees')
    assert.include(lines[3], 'already in the list')
    assert.include(lines[4], '₹52.50')
    assert.lengthOf(await Product.all(), 0)

    const stored = await visitor.submit('#import-form')
    assert.include(stored.text, '1 product added, 0 changed')
    const product = await Product.firstOrFail()
    assert.deepEqual(product.details, {
      ...product.details,
      name: 'Besan',
      nameHi: 'बेसन',
      category: 'flours',
      pricePaise: 5250,
      stock: 20,
    })
  })

  test('come as a file, with the marks that spreadsheets put before and between', async ({
    assert,
  }) => {
    const csv = `\uFEFF Name ,UNIT,price,stock\r\n"Toor Dal, polished",1 kg,"1,250.00",5\r\n\r\n`
    const page = await check({ file: new File([csv], 'list.csv') })
    assert.include(page.text, 'Toor Dal, polished')
    assert.include(page.text, '₹1,250')
  })

  for (const [encoding, bytes] of [
    ['UTF-16', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
    [
      'UTF-16 of another byte order',
      (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
    ],
    ['UTF-8', (text: string) => Buffer.from(text)],
  ] as const) {
    test(`come as ${encoding} with tabs, as spreadsheets save them`, async ({ assert }) => {
      const file = new File(
        [new Uint8Array(bytes('name\tunit\tprice\tstock\nबेसन\t1 kg\t52\t3'))],
        'a.txt'
      )
      const page = await check({ file })
      assert.include(page.text, '1 new')
      assert.include(page.text, 'बेसन')
    })
  }

  test('in an encoding that has no Hindi, or that are no text, are refused', async ({ assert }) => {
    const latin = Buffer.from(`${HEADER}\nCafé,,,1 kg,52,3`, 'latin1')
    const image = await readFile('public/icons/192.png')
    for (const [bytes, message] of [
      [latin, 'save it as “CSV UTF-8”'],
      [image, 'This is a picture'],
    ] as const) {
      const file = new File([new Uint8Array(bytes)], 'list.csv')
      const page = await check({ file })
      assert.equal(page.status, 422)
      assert.include(page.$('#file-error').text(), message)
    }
  })

  test('change what the shop has by that name, and keep what they do not mention', async ({
    assert,
  }) => {
    const besan = await createProduct({ shopId, name: 'Besan', nameHi: 'बेसन', category: 'flours' })
    await besan.merge({ pricePaise: 4_850, stock: 12 }).save()
    const csv = 'name,unit,price,stock\nBESAN,1 kg,99,7\nPoha,1 kg,40,3'
    const { $ } = await check({ csv })
    const said = (line: number) => $('.bill-line').eq(line).text().replace(/\s+/g, ' ')
    assert.include(said(0), 'Price: ₹48.50 → ₹99')
    assert.include(said(0), 'Stock: 12 → 7 (−5)')
    assert.notInclude(said(0), 'Category')
    assert.include(said(1), 'New in this shop')
    await importList(csv)
    await besan.refresh()
    assert.equal(besan.name, 'Besan')
    assert.equal(besan.nameHi, 'बेसन')
    assert.equal(besan.category, 'flours')
    assert.equal(besan.pricePaise, 9_900)
    assert.equal(besan.stock, 7)
    assert.lengthOf(await Product.all(), 2)
  })

  for (const [what, csv, message] of [
    ['nothing', '', 'The list has no products'],
    ['only a header', HEADER, 'The list has no products'],
    ['only separators', `${HEADER}\n,,,,,\n;\t`.replace(';', ''), 'The list has no products'],
    ['too many lines', `${HEADER}\n${'x,,,1 kg,5,5\n'.repeat(5_001)}`, 'at most 5000 lines'],
  ]) {
    test(`with ${what} are refused, and what was pasted is kept`, async ({ assert }) => {
      const page = await check({ csv })
      assert.equal(page.status, 422)
      assert.include(page.$('#csv-error').text(), message)
      assert.equal(String(page.$('[name=csv]').val()).trim(), csv.trim())
    })
  }

  test('that are downloaded hold no formula, and come back as they were', async ({ assert }) => {
    for (const name of ['=HYPERLINK("x")', '+1', '-1', '@SUM(A1)', 'Besan "fine", 500 g']) {
      await createProduct({ shopId, name, pricePaise: 5_205, stock: 3 })
    }
    const file = await visitor.request('GET', `/owner/shops/${shopId}/products.csv`)
    assert.match(file.headers.get('content-type')!, /^text\/csv/)
    for (const line of file.html.split('\n')) assert.notMatch(line, /^"?[=+\-@]/)
    const before = (await Product.query().orderBy('id')).map(({ details }) => details)
    const answer = await importList(file.html)
    assert.include(answer.text, '0 new, 0 changed, 5 without a change, 0 with errors')
    assert.deepEqual(
      (await Product.query().orderBy('id')).map(({ details }) => details),
      before
    )
  })

  const download = async () => {
    return (await visitor.request('GET', `/owner/shops/${shopId}/products.csv`)).html
  }

  for (const { what, edit, expected, said } of [
    { what: 'unchanged', edit: '46,46', expected: 42, said: '1 without a change' },
    { what: 'with ten more', edit: '56,46', expected: 52, said: 'Stock: 42 → 52 (+10)' },
    { what: 'with all gone', edit: '0,46', expected: 0, said: 'Stock: 42 → 0 (−42)' },
    { what: 'with its stock left out', edit: ',46', expected: 42, said: '1 without a change' },
  ]) {
    test(`downloaded before a sale and imported ${what} leave what was sold sold`, async ({
      assert,
    }) => {
      const product = await createProduct({ shopId, name: 'Besan', stock: 46 })
      const csv = (await download()).replace('46,46', edit)
      await createOrder({ product, quantity: 4 })
      await check({ file: new File([csv], 'products.csv') })
      assert.include(visitor.page!.text, said)
      const nothing = visitor.page!.$('#import-form').length === 0
      assert.equal(nothing, expected === 42)
      if (!nothing) await visitor.submit('#import-form')
      assert.equal((await product.refresh()).stock, expected)
    })
  }

  test('say a stock against the number that the preview showed', async ({ assert }) => {
    const product = await createProduct({ shopId, name: 'Besan', stock: 10 })
    await check({ csv: 'name,stock\nBesan,25' })
    await createOrder({ product, quantity: 3 })
    const page = await visitor.submit('#import-form')
    assert.include(page.text, '0 products added, 1 changed')
    assert.equal((await product.refresh()).stock, 22)
  })

  test('leave alone what an empty cell or a missing column says nothing about', async ({
    assert,
  }) => {
    const product = await createProduct({ shopId, name: 'Besan', pricePaise: 7_700, stock: 10 })
    const before = product.details
    await importList(`${HEADER}\nBesan,,,,,`)
    assert.deepEqual((await product.refresh()).details, before)
    await importList('name,price\nBesan,80')
    assert.deepEqual((await product.refresh()).details, {
      ...before,
      pricePaise: 8_000,
      unitPricePaise: 16_000,
    })
  })

  test('bring brands along, and leave them alone where they do not name them', async ({
    assert,
  }) => {
    const product = await createProduct({ shopId, name: 'Besan', brand: 'Fortune' })
    const csv = 'name,brand,unit,price,stock\nBesan,Rajdhani,,,\nHaldi,MDH,100 g,40,5'
    await check({ csv })
    const said = (line: number) => visitor.page!.$('.bill-line').eq(line).text()
    assert.include(said(0), 'Brand: Fortune → Rajdhani')
    assert.include(said(1), 'MDH')
    await visitor.submit('#import-form')
    assert.equal((await product.refresh()).brand, 'Rajdhani')
    assert.equal((await Product.findByOrFail({ name: 'Haldi' })).brand, 'MDH')
    for (const old of [`${HEADER}\nBesan,,,,60,`, 'name,brand\nBesan,']) await importList(old)
    assert.containSubset((await product.refresh()).details, {
      brand: 'Rajdhani',
      pricePaise: 6_000,
    })
    assert.match(await download(), /Besan,[^,]*,Rajdhani,/)

    const long = await check({ csv: `name,brand\nBesan,${'x'.repeat(61)}` })
    assert.include(long.text, 'The brand can have at most 60 characters')
  })

  test('do not guess whether +5 is five or five more', async ({ assert }) => {
    const product = await createProduct({ shopId, name: 'Besan', stock: 40 })
    for (const stock of ['+5', '-5', '−5']) {
      const page = await check({ csv: `name,stock\nBesan,${stock}` })
      assert.include(page.text, '0 new, 0 changed, 0 without a change, 1 with errors')
    }
    assert.equal((await product.refresh()).stock, 40)
  })

  test('say at the line what a new product lacks', async ({ assert }) => {
    const csv = 'name,name_hi,unit,price\nBesan,बेसन,500 g,52\nPoha,,,'
    const { $, text } = await check({ csv })
    assert.include(text, '0 new, 0 changed, 0 without a change, 2 with errors')
    assert.include($('.bill-line').eq(0).text(), 'Enter the stock')
    assert.include($('.bill-line').eq(1).text(), 'Enter the price')
    await importList(csv)
    assert.lengthOf(await Product.all(), 0)
  })

  test('show each field that they change, in Hindi too', async ({ assert }) => {
    await createProduct({ shopId, name: 'Besan', category: 'flours', unit: '500 g', stock: 10 })
    const csv = `${HEADER}\nBesan,चना आटा,dals,1 kg,60,12`
    const body = new FormData()
    body.set('csv', csv)
    for (const [language, expected] of [
      ['en', ['Name in Hindi: बेसन → चना आटा', '₹52 → ₹60', '10 → 12 (+2)', '500 g → 1 kg']],
      [
        'hi',
        ['हिंदी में नाम: बेसन → चना आटा', 'दाम: ₹52 → ₹60', 'स्टॉक: 10 → 12 (+2)', '500 ग्राम → 1 किलो'],
      ],
    ] as const) {
      const headers = { 'accept-language': language }
      const { $ } = await visitor.request('POST', path, body, headers)
      const said = $('.bill-line').text().replace(/\s+/g, ' ')
      for (const change of expected) assert.include(said, change)
    }
  })

  test('are shown again when someone changed what they would change', async ({ assert }) => {
    const product = await createProduct({ shopId, name: 'Besan', pricePaise: 7_700, stock: 10 })
    await check({ csv: 'name,price,stock\nBesan,90,12' })
    await product.merge({ pricePaise: 8_000 }).save()
    await createOrder({ product, quantity: 3 })
    const again = await visitor.submit('#import-form')
    assert.equal(again.status, 409)
    assert.include(again.text, 'Products changed since you checked the list')
    const said = again.$('.bill-line').text().replace(/\s+/g, ' ')
    assert.include(said, 'Price: ₹80 → ₹90')
    assert.include(said, 'Stock: 7 → 9 (+2)')
    assert.equal((await product.refresh()).pricePaise, 8_000)
    await visitor.submit('#import-form')
    await product.refresh()
    assert.equal(product.pricePaise, 9_000)
    assert.equal(product.stock, 9)
  })

  test('are shown again when the shop just got what they would add', async ({ assert }) => {
    await check({ csv: `${HEADER}\nBesan,,,500 g,52,5` })
    const product = await createProduct({ shopId, name: 'besan', stock: 40 })
    const again = await visitor.submit('#import-form')
    assert.equal(again.status, 409)
    assert.include(again.text, '40 → 5 (−35)')
    assert.equal((await product.refresh()).stock, 40)
  })

  test('imported while customers buy lose no piece', async ({ assert }) => {
    const product = await createProduct({ shopId, name: 'Besan', stock: 30 })
    const csv = (await download()).replace('30,30', '40,30')
    await check({ csv })
    await Promise.all([
      visitor.submit('#import-form'),
      ...Array.from({ length: 5 }, () => createOrder({ product })),
    ])
    assert.equal((await product.refresh()).stock, 35)
  })

  test('of orders are downloaded by their owner alone', async ({ assert }) => {
    const product = await createProduct({ shopId, pricePaise: 5_205 })
    await createOrder({ product, note: '=1+1' })
    const file = await visitor.request('GET', '/owner/orders.csv')
    assert.include(file.html, 'placed,cash,due')
    const cancelled = await createOrder({ product })
    await cancelled.withdraw(await User.findOrFail(cancelled.customerId))
    const again = await visitor.request('GET', '/owner/orders.csv')
    assert.include(again.html, 'cancelled,cash,nothing_due')
    assert.include(file.html, '52.05')
    const rival = await loggedIn(await createOwner())
    assert.notInclude((await rival.request('GET', '/owner/orders.csv')).html, '52.05')
    assert.equal((await rival.visit(`/owner/shops/${shopId}/products.csv`)).status, 404)
    assert.equal((await check({ csv: 'x' }, rival)).status, 404)
  })
})
