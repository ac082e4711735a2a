import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import { bareName } from '#csv/bare_name'
import { categoryNamed } from '#csv/category_names'
import { cellsOf, goodsCells, stockCell } from '#csv/goods_cells'
import { LOCALES } from '#locale/chosen_locale'
import { CATEGORIES } from '#models/category'
import type Product from '#models/product'

type Cells = Parameters<typeof goodsCells>[0]

const read = (cells: Partial<Cells>) => {
  return goodsCells({ sold_as: '', diet: '', hsn_code: '', gst: '', ...cells } as Cells)
}

const besan = {
  soldAs: 'packed',
  unit: '500 g',
  measure: 'weight',
  netQuantity: 500,
  pricePaise: 52_50,
  mrpPaise: 60_00,
  stock: 12,
  smallest: null,
  step: null,
  presets: null,
} as unknown as Product['details']

const dal = {
  ...besan,
  soldAs: 'loose',
  unit: 'kg',
  netQuantity: 1000,
  mrpPaise: null,
  stock: 12_500,
  smallest: 100,
  step: 50,
  presets: [250, 500],
} as unknown as Product['details']

test.group('Cells about the goods', () => {
  test('{word} is sold {as}')
    .with([
      ...['packed', 'Pack', 'PACKET', 'पैक', 'पैक में', 'पैकेट'].map((word) => ({
        word,
        as: 'packed',
      })),
      ...['loose', 'Open', 'khula', 'खुला', 'खुला सामान', 'खुल्ला'].map((word) => ({
        word,
        as: 'loose',
      })),
      { word: 'boxed', as: 'boxed' },
    ])
    .run(({ assert }, { word, as }) => assert.equal(read({ sold_as: word }).sold_as, as))

  test('{word} is {diet} food')
    .with([
      ...['veg', 'Vegetarian', 'शाकाहारी'].map((word) => ({ word, diet: 'veg' })),
      ...['non-veg', 'NonVeg', 'non vegetarian', 'मांसाहारी'].map((word) => ({
        word,
        diet: 'non_veg',
      })),
      { word: 'egg', diet: 'egg' },
    ])
    .run(({ assert }, { word, diet }) => assert.equal(read({ diet: word }).diet, diet))

  test('an HSN code gets back the zero that a spreadsheet dropped', ({ assert }) => {
    const codes = { '713': '0713', '71310': '071310', '7131000': '07131000' }
    for (const [cell, code] of Object.entries(codes)) {
      assert.equal(read({ hsn_code: cell }).hsn_code, code)
    }
    for (const code of ['0713', '1905', '110100', '19', '713100000', 'x713', '713x', '']) {
      assert.equal(read({ hsn_code: code }).hsn_code, code)
    }
  })

  test('a rate of GST is read as other programs write it', ({ assert }) => {
    const rates = {
      'GST@18%': '18%',
      'IGST@0%': '0%',
      'gst 5': '5',
      'GST @ 12%': '12%',
      'GST': '',
      '18': '18',
      'Tax GST@18%': 'Tax GST@18%',
    }
    for (const [cell, rate] of Object.entries(rates))
      assert.equal(read({ gst: cell }).gst, rate, cell)
    for (const none of ['None', 'exempt', 'Exempted', 'NIL', '-']) {
      assert.equal(read({ gst: none }).gst, '')
    }
    for (const text of ['none yet', 'not none', 'nil-', '5-'])
      assert.equal(read({ gst: text }).gst, text)
  })
})

test.group('A product as cells', () => {
  test('packed goods have a price in rupees, an MRP and a number of packs', ({ assert }) => {
    assert.containsSubset(cellsOf(besan), {
      sold_as: 'packed',
      unit: '500 g',
      smallest: '',
      step: '',
      presets: '',
      price: '52.50',
      mrp: '60.00',
      stock: '12',
    })
  })

  test('loose goods have amounts to choose from, and their stock in base units', ({ assert }) => {
    assert.containsSubset(cellsOf(dal), {
      sold_as: 'loose',
      smallest: '100 g',
      step: '50 g',
      presets: '250 g, 500 g',
      mrp: '',
      stock: '12500 g',
    })
  })

  test('pieces are counted in pieces', ({ assert }) => {
    const eggs = { ...dal, measure: 'pieces' } as Product['details']
    assert.equal(stockCell({ ...eggs, stock: 30 }), '30 pieces')
    assert.equal(stockCell({ ...eggs, stock: 1 }), '1 piece')
    assert.equal(stockCell({ ...dal, stock: 1 }), '1 g')
    assert.equal(stockCell({ ...besan, stock: 1 }), '1')
  })
})

test.group('Names in lists', () => {
  test('are the same with other spaces, signs, case and nukta', ({ assert }) => {
    for (const name of ['Item Name*', 'item_name', 'ItemName', ' item-name ']) {
      assert.equal(bareName(name), 'itemname')
    }
    assert.equal(bareName('क़ीमत'), bareName('कीमत'))
    assert.notEqual(bareName('दाम'), bareName('दम'))
    assert.equal(bareName('Size 2'), 'size2')
  })

  test('of a category are its own and ours, in any language', ({ assert }) => {
    for (const category of CATEGORIES) {
      assert.equal(categoryNamed(category), category)
      for (const locale of LOCALES) {
        const name = i18nManager.locale(locale).t(`categories.${category}`)
        assert.equal(categoryNamed(` ${name.toUpperCase()}`), category)
      }
    }
    assert.isUndefined(categoryNamed('no such category'))
  })

  test('end after 200 characters', ({ assert }) => {
    assert.equal(bareName('a'.repeat(300)), 'a'.repeat(200))
  })
})
