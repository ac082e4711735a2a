import { errors } from '@vinejs/vine'
import { test } from '@japa/runner'
import { valuesAfter, type GivenProduct, type KnownProduct } from '#api/products/values'

const NONE = { smallest: null, step: null, presets: null, mrpPaise: null }
const LABEL = {
  ...{ country: null, maker: null, makerAddress: null, bestBefore: null },
  ...{ diet: null, hsnCode: null, gstBasisPoints: null },
}
const BESAN: KnownProduct = {
  ...NONE,
  ...LABEL,
  ...{ soldAs: 'packed', measure: 'weight', netQuantity: 500, unit: '500 g' },
  ...{ pricePaise: 5200, stock: 10 },
}
const DAL: KnownProduct = {
  ...LABEL,
  ...{ soldAs: 'loose', measure: 'weight', netQuantity: 1000, unit: 'kg' },
  ...{ pricePaise: 12_000, mrpPaise: null, stock: 20_000 },
  ...{ smallest: 50, step: 50, presets: [100, 250, 500, 1000] },
}
const EGGS: KnownProduct = {
  ...LABEL,
  ...{ soldAs: 'loose', measure: 'pieces', netQuantity: 12, unit: 'dozen' },
  ...{ pricePaise: 8400, mrpPaise: null, stock: 120, smallest: 1, step: 1, presets: [6, 12] },
}

const changed = (before: KnownProduct, given: GivenProduct) =>
  valuesAfter(given, before, given.price ?? before.pricePaise)
const made = (given: GivenProduct) => valuesAfter({ stock: 1000, ...given }, null, 5200)

/** What clients read of a product and send back. */
const readOf = (product: KnownProduct): GivenProduct => ({
  sold_as: product.soldAs,
  measure: product.measure,
  net_quantity: product.netQuantity,
  unit: product.unit,
  smallest: product.smallest ?? undefined,
  step: product.step ?? undefined,
  presets: product.presets ?? undefined,
  price: product.pricePaise,
  mrp: product.mrpPaise,
  stock: product.stock / (product.soldAs === 'loose' ? product.netQuantity : 1),
  base_stock: product.stock,
})

test.group('A new product of the API', () => {
  test('is measured by its unit, and by the piece when that is not understood', ({ assert }) => {
    for (const [unit, measure, netQuantity] of [
      ['500 g', 'weight', 500],
      ['1 kg', 'weight', 1000],
      ['1 dozen', 'pieces', 12],
      ['Family pack', 'pieces', 1],
    ] as const) {
      assert.containSubset(made({ unit }), { soldAs: 'packed', unit, measure, netQuantity })
    }
    assert.containSubset(made({}), { unit: '1 piece', measure: 'pieces', netQuantity: 1 })
  })

  test('is measured by what it says', ({ assert }) => {
    for (const [measure, net, unit] of [
      ['weight', 500, '500 g'],
      ['weight', 1500, '1.5 kg'],
      ['volume', 1000, '1 l'],
      ['length', 30, '30 cm'],
      ['pieces', 1, '1 piece'],
      ['pieces', 100, '100 pieces'],
    ] as const) {
      const goods = made({ measure, net_quantity: net })
      assert.containSubset(goods, { measure, netQuantity: net, unit })
    }
    const named = made({ unit: 'Family pack', measure: 'weight', net_quantity: 750 })
    assert.containSubset(named, { unit: 'Family pack', measure: 'weight', netQuantity: 750 })
  })

  test('is loose by the price unit of its measure, with the amounts of a scale', ({ assert }) => {
    for (const given of [
      { measure: 'weight' },
      { unit: 'kg' },
      { unit: '1 kg', net_quantity: 1000 },
    ] as const) {
      assert.containSubset(made({ sold_as: 'loose', ...given }), {
        ...{ soldAs: 'loose', measure: 'weight', netQuantity: 1000, unit: 'kg' },
        ...{ smallest: 50, step: 50, presets: [100, 250, 500, 1000], stock: 1_000_000 },
      })
    }
    const dozen = made({ sold_as: 'loose', measure: 'pieces', smallest: 6, stock: 0.5 })
    assert.containSubset(dozen, { unit: 'dozen', stock: 6, smallest: 6, presets: [6, 12] })
    const coarse = made({ sold_as: 'loose', measure: 'weight', smallest: 250 })
    assert.containSubset(coarse, { smallest: 250, presets: [250, 500, 1000] })
  })
})

test.group('A change of a product by the API', () => {
  test('reads a unit that changes alone', ({ assert }) => {
    assert.containSubset(changed(BESAN, { unit: '1 l' }), { measure: 'volume', netQuantity: 1000 })
    const back = changed(BESAN, { ...readOf(BESAN), unit: '1 kg' })
    assert.containSubset(back, { unit: '1 kg', measure: 'weight', netQuantity: 1000 })
  })

  test('writes the unit of a measure that changes alone', ({ assert }) => {
    assert.containSubset(changed(BESAN, { net_quantity: 450 }), { unit: '450 g', netQuantity: 450 })
    const family = { ...BESAN, unit: 'Family pack' }
    assert.containSubset(changed(family, { net_quantity: 450 }), { unit: 'Family pack' })
  })

  test('takes a stock in price units and in base units', ({ assert }) => {
    for (const [before, given, stock] of [
      [BESAN, { stock: 7 }, 7],
      [BESAN, { stock_change: -3 }, 7],
      [BESAN, { base_stock_change: -30 }, 0],
      [DAL, { stock: 12.5 }, 12_500],
      [DAL, { base_stock: 12_505 }, 12_505],
      [DAL, { stock_change: -0.25 }, 19_750],
      [DAL, { stock: 1, stock_change: 0.001 }, 1001],
      [DAL, { base_stock_change: 500, stock_change: 0.5 }, 20_500],
      [EGGS, { stock: 7 / 12 }, 7],
      [EGGS, { stock: 2.5 }, 30],
    ] as const) {
      assert.equal(changed(before, given).stock, stock, JSON.stringify(given))
    }
  })

  test('of a field changes nothing else that is sent back as it was read', ({ assert }) => {
    for (const product of [BESAN, DAL, EGGS]) {
      assert.deepEqual(changed(product, readOf(product)), product)
      assert.equal(changed(product, { ...readOf(product), stock: 5 }).stock % 5, 0)
      assert.equal(changed(product, { ...readOf(product), base_stock: 5 }).stock, 5)
    }
    const loose = changed(BESAN, {
      ...readOf(BESAN),
      sold_as: 'loose',
      base_stock: 20_000,
      stock: 20,
    })
    assert.deepEqual(loose, { ...DAL, pricePaise: 5200 })
    const packed = changed(DAL, {
      ...readOf(DAL),
      sold_as: 'packed',
      stock: 20,
      base_stock: undefined,
    })
    assert.containSubset(packed, { ...NONE, unit: 'kg', netQuantity: 1000, stock: 20 })
  })

  test('to another way of counting keeps what was not said, apart from the amounts', ({
    assert,
  }) => {
    const oil = changed({ ...DAL, smallest: 200 }, { measure: 'volume', stock: 3 })
    assert.containSubset(oil, {
      unit: 'l',
      stock: 3000,
      smallest: 50,
      presets: [100, 250, 500, 1000],
    })
    const loose = changed({ ...BESAN, mrpPaise: 5500 }, { sold_as: 'loose', base_stock: 300 })
    assert.containSubset(loose, { mrpPaise: null, stock: 300 })
  })

  test('sets, keeps and empties the MRP', ({ assert }) => {
    const marked = changed(BESAN, { mrp: 5500 })
    assert.equal(marked.mrpPaise, 5500)
    assert.equal(changed(marked, { price: 5500 }).mrpPaise, 5500)
    assert.isNull(changed(marked, { mrp: null, price: 6000 }).mrpPaise)
  })
})

test.group('Fields of the API that contradict each other', () => {
  for (const [what, work, field, message] of [
    ['a loose product without a measure', () => made({ sold_as: 'loose' }), 'measure', /measure/],
    ['loose goods by the pack', () => made({ sold_as: 'loose', unit: '500 g' }), 'unit', /is kg/],
    [
      'loose goods by another unit',
      () => made({ sold_as: 'loose', measure: 'volume', unit: 'kg' }),
      'unit',
      /is l$/,
    ],
    [
      'a price for another weight',
      () => made({ sold_as: 'loose', measure: 'weight', net_quantity: 500 }),
      'net_quantity',
      /is 1000/,
    ],
    ['a measure alone', () => made({ measure: 'weight' }), 'net_quantity', /together/],
    ['a net quantity alone', () => made({ net_quantity: 500 }), 'measure', /together/],
    [
      'a unit and another net quantity',
      () => made({ unit: '500 g', measure: 'weight', net_quantity: 450 }),
      'unit',
      /contradicts/,
    ],
    ['a smallest pack', () => made({ smallest: 50 }), 'smallest', /Only loose/],
    [
      'a preset below the smallest amount',
      () => changed(DAL, { smallest: 200, presets: [100, 250] }),
      'presets',
      /from 200 to 99000 g/,
    ],
    [
      'an amount that costs nothing',
      () => changed(DAL, { smallest: 1, price: 400 }),
      'smallest',
      /half a paisa/,
    ],
    ['a step of 13 dozen', () => changed(EGGS, { step: 1200 }), 'step', /1188 piece/],
    ['half a pack', () => changed(BESAN, { stock: 1.5 }), 'stock', /whole number of packs/],
    ['half a gram', () => changed(DAL, { stock: 0.2505 }), 'stock', /kg .* whole number of g/],
    ['a fifth of a dozen', () => changed(EGGS, { stock_change: 0.2 }), 'stock_change', /dozen/],
    ['two stocks', () => changed(DAL, { stock: 1, base_stock: 100 }), 'base_stock', /differ/],
    [
      'two differences',
      () => changed(DAL, { stock_change: 1, base_stock_change: 100 }),
      'base_stock_change',
      /differ/,
    ],
    ['a weight without its stock', () => changed(BESAN, { sold_as: 'loose' }), 'stock', /too.*g$/],
    ['another measure alone', () => changed(DAL, { measure: 'length' }), 'stock', /too.*cm$/],
    ['too much', () => changed(DAL, { stock: 200_000 }), 'stock', /at most 100000000 g/],
    ['too many packs', () => changed(BESAN, { base_stock: 2_000_000 }), 'stock', /1000000 pack/],
    ['a price above the MRP', () => changed(BESAN, { price: 6000, mrp: 5500 }), 'price', /₹55$/],
    ['an MRP below the price', () => changed(BESAN, { mrp: 5100 }), 'mrp', /MRP of ₹51$/],
    ['an MRP of loose goods', () => changed(DAL, { mrp: 20_000 }), 'mrp', /Only packed/],
  ] as [string, () => unknown, string, RegExp][]) {
    test(`are refused: ${what}`, ({ assert }) => {
      const refusal = refusalOf(work)
      assert.instanceOf(refusal, errors.E_VALIDATION_ERROR)
      assert.equal(refusal.messages[0].field, field)
      assert.match(refusal.messages[0].message, message)
    })
  }
})

function refusalOf(work: () => unknown): any {
  try {
    return work()
  } catch (error) {
    return error
  }
}
