import { test } from '@japa/runner'
import { columnsNamed } from '#csv/column_names'

const LISTS: Record<string, [string, Record<string, number>]> = {
  'our own': [
    'name,name_hi,brand,category,unit,price,stock,stock_seen',
    { name: 0, name_hi: 1, brand: 2, category: 3, unit: 4, price: 5, stock: 6, stock_seen: 7 },
  ],
  'Vyapar': [
    'Item name*,Item code,HSN,Sale price,Purchase price,Discount Type,Discount on Sale price,Current stock quantity,Minimum stock quantity,Item Location,Tax Rate,Inclusive Of Tax,Base Unit (x),Secondary Unit (y),Conversion Rate (n) (x = ny),Category',
    { name: 0, price: 3, stock: 7, unit: 12, category: 15 },
  ],
  'Khatabook': [
    'Item Name,Item Code,Unit,Selling Price (Rs.),Purchase Price,Opening Stock,Low Stock Alert,GST %',
    { name: 0, unit: 2, price: 3, stock: 5 },
  ],
  'Tally, a report': ['Particulars,Quantity,Rate,Value', { name: 0, stock: 1, price: 2 }],
  'Tally, masters': [
    'Name,NameAlias,PartNo,Parent,BaseUnits,AdditionalUnit,ClosingBalance,StandardPrice',
    { name: 0, unit: 4, stock: 6, price: 7 },
  ],
  'Hindi': [
    'सामान का नाम,ब्रांड,श्रेणी,माप,दाम (₹),स्टॉक',
    { name: 0, brand: 1, category: 2, unit: 3, price: 4, stock: 5 },
  ],
  'Hindi, spelled otherwise': [
    'नाम,हिन्दी में नाम,इकाई,क़ीमत,मात्रा',
    { name: 0, name_hi: 1, unit: 2, price: 3, stock: 4 },
  ],
  'an Indian price list': [
    'S.No.,ITEM,PACK SIZE,MRP,SALE RATE,QTY.',
    { name: 1, unit: 2, price: 4, stock: 5 },
  ],
  'a name in Hindi in brackets': ['Name,Name (Hindi)', { name: 0, name_hi: 1 }],
}

test.group('Columns are known by their usual names', () => {
  for (const [whose, [header, expected]] of Object.entries(LISTS)) {
    test(`in lists of ${whose}`, ({ assert }) => {
      assert.deepEqual(columnsNamed(header.split(',')), expected)
    })
  }

  test('never by those of what the shop paid', ({ assert }) => {
    assert.deepEqual(columnsNamed(['Purchase Price', 'Cost', 'Purchase Rate', 'HSN']), {})
  })

  test('soon, with anything else in the cell', ({ assert }) => {
    const cells = ['('.repeat(1_000_000), `a${'\u0316\u0301'.repeat(400_000)}`, 'Name']
    assert.deepEqual(columnsNamed(cells), { name: 2 })
  })
})
