import { test } from '@japa/runner'
import { columnsNamed } from '#csv/column_names'
import { LISTED_FIELDS } from '#validators/product'

const LISTS: Record<string, [string, Record<string, number>]> = {
  'our own': [
    LISTED_FIELDS.join(','),
    Object.fromEntries(LISTED_FIELDS.map((field, index) => [field, index])),
  ],
  'Vyapar': [
    'Item name*,Item code,HSN,Sale price,Purchase price,Discount Type,Discount on Sale price,Current stock quantity,Minimum stock quantity,Item Location,Tax Rate,Inclusive Of Tax,Base Unit (x),Secondary Unit (y),Conversion Rate (n) (x = ny),Category',
    { name: 0, hsn_code: 2, price: 3, stock: 7, gst: 10, unit: 12, category: 15 },
  ],
  'Khatabook': [
    'Item Name,Item Code,Unit,Selling Price (Rs.),Purchase Price,Opening Stock,Low Stock Alert,GST %',
    { name: 0, unit: 2, price: 3, stock: 5, gst: 7 },
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
    { name: 1, unit: 2, mrp: 3, price: 4, stock: 5 },
  ],
  'prices that are the MRP': ['Item,MRP', { name: 0, mrp: 1, price: 1 }],
  'Hindi, with the label': [
    'नाम,बिक्री का तरीका,माप,दाम,एमआरपी,मूल देश,एचएसएन कोड,जीएसटी',
    { name: 0, sold_as: 1, unit: 2, price: 3, mrp: 4, country: 5, hsn_code: 6, gst: 7 },
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
    assert.deepEqual(columnsNamed(['Purchase Price', 'Cost', 'Purchase Rate', 'Item Code']), {})
  })

  test('soon, with anything else in the cell', ({ assert }) => {
    const cells = ['('.repeat(1_000_000), `a${'\u0316\u0301'.repeat(400_000)}`, 'Name']
    assert.deepEqual(columnsNamed(cells), { name: 2 })
  })
})
