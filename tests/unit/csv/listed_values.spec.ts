import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { readListedGoods } from '#csv/listed_goods'
import { changesOf, stockKey, valuesOf } from '#csv/listed_values'
import { readProductRows } from '#csv/product_rows'
import { readList } from '#csv/read_list'
import Product from '#models/product'
import type { DecimalMark } from '#numbers/grouped'

const i18n = i18nManager.locale('en')

const NONE = {
  nameHi: null,
  brand: null,
  category: null,
  smallest: null,
  step: null,
  presets: null,
  mrpPaise: null,
  country: null,
  maker: null,
  makerAddress: null,
  bestBefore: null,
  diet: null,
  hsnCode: null,
  gstBasisPoints: null,
}

const besan = new Product().fill({
  ...NONE,
  id: 'besan',
  name: 'Besan',
  brand: 'Rajdhani',
  category: 'flours',
  soldAs: 'packed',
  measure: 'weight',
  netQuantity: 500,
  unit: '500 g',
  pricePaise: 52_50,
  mrpPaise: 60_50,
  stock: 40,
  maker: 'Rajdhani Mills',
})

const dal = new Product().fill({
  ...NONE,
  id: 'dal',
  name: 'Dal',
  soldAs: 'loose',
  measure: 'weight',
  netQuantity: 1000,
  unit: 'kg',
  pricePaise: 120_50,
  stock: 10_000,
  smallest: 1_500,
  step: 1_500,
  presets: [3_000, 4_500],
})

interface About {
  present?: Product | null
  seen?: number
  mark?: DecimalMark
}

/** A list of one line, read beside the product of its name. */
async function reading(text: string, { present = null, mark = '.' }: About = {}) {
  const list = readList(text.replaceAll(';', '\t'), {
    separator: 'usual',
    columns: null,
    hasHeader: true,
  })
  const [row] = await readProductRows(list, {}, i18n)
  return { row, ...(await readListedGoods(row, present, mark, i18n)) }
}

async function after(text: string, about: About = {}) {
  const { row, goods } = await reading(text, about)
  return valuesOf(row.product!, goods, about.present ?? null, row.values, about.seen)
}

test.group('How the product of a line is sold', () => {
  test('is what the line says of a new product', async ({ assert }) => {
    const { goods, errors } = await reading('name;unit;price;mrp;stock\nBesan;500 g;52.50;60;20')
    assert.deepEqual(errors, [])
    assert.containsSubset(goods.values, { soldAs: 'packed', unit: '500 g', mrpPaise: 60_00 })
    assert.equal(goods.pricePaise, 52_50)
    assert.deepEqual(goods.stock, { to: 20 })
  })

  test('is as it was where the line says nothing', async ({ assert }) => {
    for (const present of [besan, dal]) {
      for (const mark of ['.', ','] as const) {
        const { goods, errors } = await reading(`name\n${present.name}`, { present, mark })
        assert.deepEqual(errors, [])
        const { soldAs, unit, smallest, step, presets, mrpPaise, pricePaise } = present
        assert.containsSubset(goods.values, { soldAs, unit, smallest, step, mrpPaise })
        assert.deepEqual(goods.values.presets, presets)
        assert.equal(goods.pricePaise, pricePaise)
      }
    }
  })

  test('is written as the list writes numbers', async ({ assert }) => {
    const text = 'name;price;mrp\nBesan;55,25;61,25'
    const { goods } = await reading(text, { present: besan, mark: ',' })
    assert.deepEqual([goods.pricePaise, goods.mrpPaise], [55_25, 61_25])
    const { errors } = await reading(text, { present: besan })
    assert.deepEqual(
      errors.map(({ field }) => field),
      ['price', 'mrp']
    )
  })

  test('may be a unit that is not understood, of packs', async ({ assert }) => {
    const list = (unit: string, soldAs: string) =>
      reading(`name;unit;sold as;price;stock\nBesan;${unit};${soldAs};52;20 kg`)
    assert.equal((await reading('name;unit;price;stock\nBesan;Nos;52;2')).goods.goods.unit, 'Nos')
    assert.deepEqual((await list('kg', 'khula')).errors, [])
    const { errors } = await list('Nos', 'khula')
    assert.equal(errors[0].field, 'unit')
  })

  test('lacks what a new product needs, in the language of the page', async ({ assert }) => {
    const { errors } = await reading('name;unit;stock_seen\nBesan;1 kg;many')
    assert.deepEqual(
      errors.map(({ field }) => field),
      ['price', 'stock', 'stock_seen']
    )
    assert.equal(errors[1].message, 'Enter the stock')
  })
})

test.group('The product that a line makes', () => {
  test('is what the line says, and nothing else', async ({ assert }) => {
    const text =
      'name;name_hi;brand;category;unit;price;mrp;stock;hsn;gst\nBesan;बेसन;Tata;flours;1 kg;99;110;7;1106;5%'
    assert.deepEqual(await after(text), {
      name: 'Besan',
      name_hi: 'बेसन',
      brand: 'Tata',
      category: 'flours',
      sold_as: 'packed',
      measure: 'weight',
      net_quantity: 1000,
      unit: '1 kg',
      smallest: null,
      step: null,
      presets: null,
      price: 99_00,
      mrp: 110_00,
      stock: 7,
      country: null,
      maker: null,
      maker_address: null,
      best_before: null,
      diet: null,
      hsn_code: '1106',
      gst: 500,
    })
    assert.isNull((await after('name;unit;price;stock\nBesan;1 kg;99;7')).category)
  })

  test('keeps the name that the shop has, and what the line leaves out', async ({ assert }) => {
    const same = await after('name\nBESAN', { present: besan })
    assert.deepEqual(changesOf(besan, same), [])
    assert.equal(same.name, 'Besan')
    const text = 'name;name_hi;category;maker\nbesan;बेसन;dals;Tata Mills'
    assert.deepEqual(changesOf(besan, await after(text, { present: besan })), [
      { field: 'name_hi', before: null, after: 'बेसन' },
      { field: 'category', before: 'flours', after: 'dals' },
      { field: 'maker', before: 'Rajdhani Mills', after: 'Tata Mills' },
    ])
  })

  test('changes how it is sold, price by price and amount by amount', async ({ assert }) => {
    const text = 'name;unit;price;mrp;stock\nBesan;1 kg;99;110;41'
    assert.deepEqual(changesOf(besan, await after(text, { present: besan })), [
      { field: 'unit', before: '500 g', after: '1 kg' },
      { field: 'price', before: 52_50, after: 99_00 },
      { field: 'mrp', before: 60_50, after: 110_00 },
      { field: 'stock', before: 40, after: 41 },
    ])
    const loose = 'name;smallest;step;presets\nDal;500 g;500 g;1 kg, 2 kg'
    assert.deepEqual(changesOf(dal, await after(loose, { present: dal })), [
      { field: 'smallest', before: 1_500, after: 500 },
      { field: 'step', before: 1_500, after: 500 },
      { field: 'presets', before: [3_000, 4_500], after: [1_000, 2_000] },
    ])
    const now = await after('name;sold as;unit;stock\nBesan;loose;kg;5 kg', { present: besan })
    assert.containsSubset(changesOf(besan, now), [
      { field: 'sold_as', before: 'packed', after: 'loose' },
      { field: 'stock', before: 40, after: 5_000 },
    ])
  })
})

test.group('The stock of a line', () => {
  const stockAfter = async (cells: string, about: About = {}) =>
    (await after(`name;stock;stock_seen\n${cells}`, { present: besan, ...about })).stock

  test('is the current one when the line says none', async ({ assert }) => {
    assert.equal(await stockAfter('Besan;;'), 40)
    assert.equal(await stockAfter('Besan;;', { seen: 50 }), 40)
  })

  test('is changed by the difference from what its owner saw', async ({ assert }) => {
    assert.equal(await stockAfter('Besan;55;'), 55)
    assert.equal(await stockAfter('Besan;55;', { seen: 50 }), 45)
    assert.equal(await stockAfter('Besan;55;46', { seen: 50 }), 49)
    assert.equal(await stockAfter('Besan;0;46'), 0)
  })

  test('is what the line says of goods that are new, or counted otherwise until now', async ({
    assert,
  }) => {
    assert.equal((await after('name;unit;price;stock\nPoha;1 kg;40;7', { seen: 3 })).stock, 7)
    const loose = 'name;sold as;unit;stock;stock_seen\nBesan;loose;kg;5 kg;46'
    assert.equal((await after(loose, { present: besan, seen: 46 })).stock, 5_000)
  })

  test('means the same of packs, and of loose goods of one measure', ({ assert }) => {
    assert.equal(stockKey(besan), 'besan packed')
    assert.equal(stockKey(dal), 'dal weight')
  })
})
