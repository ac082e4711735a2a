import { test } from '@japa/runner'
import Product from '#models/product'
import { emptyDatabase } from '#tests/helpers/database'
import { createOwner, createProduct, createShop } from '#tests/helpers/factories'
import { loggedIn } from '#tests/helpers/log_in'
import { createOrder } from '#tests/helpers/orders'
import type { Visitor } from '#tests/helpers/visitor'

const LOOSE = { soldAs: 'loose', measure: 'weight', unit: 'kg', pricePaise: 12_000 } as const

test.group('Lists with loose goods', (group) => {
  let visitor: Visitor
  let shopId: string

  group.each.setup(async () => {
    await emptyDatabase()
    const owner = await createOwner()
    shopId = (await createShop({ ownerId: owner.id })).id
    visitor = await loggedIn(owner)
  })

  const check = async (csv: string, fields: Record<string, string> = {}) => {
    const body = new FormData()
    for (const [name, value] of Object.entries({ csv, ...fields })) body.set(name, value)
    const path = `/owner/shops/${shopId}/product-imports`
    return (visitor.page = await visitor.request('POST', path, body))
  }

  const importList = async (csv: string, fields = {}) => {
    const page = await check(csv, fields)
    return page.$('#import-form').length > 0 ? visitor.submit('#import-form') : page
  }

  const download = async () => {
    return (await visitor.request('GET', `/owner/shops/${shopId}/products.csv`)).html
  }

  test('add them, in any unit and in Hindi', async ({ assert }) => {
    await importList(
      [
        'name,sold_as,unit,smallest,presets,price,stock,mrp',
        'Toor Dal,loose,kg,100 g,"100 g, 250 g",120,12500 g,',
        'Chawal,खुला,किलो,,,48,12.5,',
        'Tel,Loose,1 l,,,170,20 l,',
        'Kela,loose,dozen,,,60,30 pieces,',
        'Namak,packed,1 kg,,,28,5,30',
      ].join('\n')
    )
    const stored = await Product.query().orderBy('name')
    const said = stored.map(({ name, soldAs, unit, stock }) => [name, soldAs, unit, stock])
    assert.deepEqual(said, [
      ['Chawal', 'loose', 'kg', 12_500],
      ['Kela', 'loose', 'dozen', 30],
      ['Namak', 'packed', '1 kg', 5],
      ['Tel', 'loose', 'l', 20_000],
      ['Toor Dal', 'loose', 'kg', 12_500],
    ])
    assert.deepEqual([stored[4].smallest, stored[4].step], [100, 50])
    assert.deepEqual(stored[4].presets, [100, 250])
    assert.equal(stored[2].mrpPaise, 3_000)
  })

  for (const [line, message] of [
    ['Dal,loose,500 g,120,5,', 'priced per kg, l, m or dozen'],
    ['Dal,loose,kg,120,lots,', 'for example 12.5 kg'],
    ['Dal,loose,kg,120,5 l,', 'for example 12.5 kg'],
    ['Dal,loose,kg,0.01,5,', 'costs less than 1 paisa'],
    ['Dal,heap,kg,120,5,', 'Choose a way it is sold from the list'],
    ['Dal,,500 g,52.50,5,52', 'above the MRP of ₹52'],
    ['Dal,,500 g,52.50,5,abc', 'Enter the MRP in rupees'],
    ['Dal,,,52.50,5,', 'Enter the unit'],
  ]) {
    test(`say at the line what is wrong with ${line}`, async ({ assert }) => {
      const page = await check(`name,sold_as,unit,price,stock,mrp\n${line}`)
      assert.include(page.text, '0 new, 0 changed, 0 without a change, 1 with errors')
      assert.include(page.$('.bill-line').text(), message)
      assert.isNull(await Product.first())
    })
  }

  test('refuse a price above the MRP that the product has', async ({ assert }) => {
    const product = await createProduct({
      shopId,
      name: 'Besan',
      pricePaise: 5_000,
      mrpPaise: 5_200,
    })
    const page = await check('name,price\nBesan,53')
    assert.include(page.$('.bill-line').text(), 'above the MRP of ₹52')
    await importList('name,price,mrp\nBesan,53,55')
    assert.containSubset((await product.refresh()).details, { pricePaise: 5_300, mrpPaise: 5_500 })
  })

  test('change the stock by what the list changes, to the gram', async ({ assert }) => {
    const product = await createProduct({ ...LOOSE, shopId, name: 'Toor Dal', stock: 12_500 })
    const csv = await download()
    assert.include(csv, 'loose,kg,50 g,50 g,"100 g, 250 g, 500 g, 1 kg",120.00,,12500 g,12500 g')
    await createOrder({ product, quantity: 750 })
    const page = await check(csv.replace('12500 g,12500 g', '20 kg,12500 g'))
    assert.include(page.text, 'Stock: 11.75 kg → 19.25 kg (+7.5 kg)')
    await visitor.submit('#import-form')
    assert.equal((await product.refresh()).stock, 19_250)
  })

  test('make loose what was packed, and back, only with the stock in the new unit', async ({
    assert,
  }) => {
    const product = await createProduct({ shopId, name: 'Besan', unit: '500 g', stock: 20 })
    for (const line of ['loose,kg,,', 'loose,kg,20,20', 'loose,kg,15,']) {
      const page = await check(`name,sold_as,unit,stock,stock_seen\nBesan,${line}`)
      assert.include(page.$('.bill-line').text(), 'Enter the stock again, with its unit')
    }
    const page = await check('name,sold_as,unit,stock,stock_seen\nBesan,loose,kg,10 kg,20')
    assert.include(page.text, 'Stock: 20 → 10 kg')
    await visitor.submit('#import-form')
    assert.containSubset((await product.refresh()).details, { soldAs: 'loose', stock: 10_000 })
    const back = await check('name,sold_as,unit\nBesan,packed,500 g')
    assert.include(back.$('.bill-line').text(), 'how many packs')
    await importList('name,sold_as,unit,stock\nBesan,packed,500 g,40')
    assert.containSubset((await product.refresh()).details, { soldAs: 'packed', stock: 40 })
  })

  test('bring the label along, as spreadsheets and other programs write it', async ({ assert }) => {
    await importList(
      [
        'Item name*,HSN,Sale price,Current stock quantity,Tax Rate,Base Unit (x),Country,Diet,MRP',
        'Toor Dal,713,145,5,GST@5%,1 kg,India,Vegetarian,150',
        'Colour,,20,5,None,BAG,,,',
      ].join('\n')
    )
    const [colour, dal] = await Product.query().orderBy('name')
    assert.containSubset(dal.details, {
      ...{ hsnCode: '0713', gstBasisPoints: 500, country: 'IN', diet: 'veg', mrpPaise: 15_000 },
    })
    assert.containSubset(colour.details, { gstBasisPoints: null, hsnCode: null, unit: 'BAG' })
  })

  test('of decimal commas leave alone what they do not name', async ({ assert }) => {
    const product = await createProduct({ ...LOOSE, shopId, name: 'Toor Dal', stock: 12_500 })
    await product.merge({ smallest: 1_500, presets: [1_500] }).save()
    const comma = { separator: 'semicolon', decimal_mark: ',' }
    await importList('name;price;stock\nToor Dal;130,50;12,75 kg', comma)
    assert.containSubset((await product.refresh()).details, {
      ...{ pricePaise: 13_050, stock: 12_750, smallest: 1_500, presets: [1_500] },
    })
  })
})
