import { test } from '@japa/runner'
import { columnsNamed } from '#csv/column_names'
import { LISTED_FIELDS, type ListedField } from '#validators/product'

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

/** As owners and programs write them, the most usual one first. */
const HEADERS: Record<ListedField, string> = {
  name:
    'NAME, Item Name*, Product Name, Name of Item, Stock Item Name, Item, Product, Items, Products, Stock Item, ' +
    'Particulars, Goods, Article, Naam, Saman, Item Description, Description, नाम, सामान का नाम, सामान, वस्तु का नाम, ' +
    'वस्तु, आइटम का नाम, आइटम, माल, प्रोडक्ट का नाम, प्रोडक्ट, उत्पाद का नाम, उत्पाद, चीज़ का नाम, चीज, विवरण',
  name_hi:
    'name_hi, Name in Hindi, Hindi Name, Name (Hindi), Item Name Hindi, हिंदी में नाम, हिन्दी में नाम, हिंदी नाम, ' +
    'हिन्दी नाम, नाम हिंदी में, नाम हिन्दी में, नाम हिंदी, नाम (हिन्दी)',
  brand:
    'Brand, Brand Name, Company, Company Name, Manufacturer, Make, ब्रांड, ब्राण्ड, ब्रैंड, कंपनी, कम्पनी',
  category:
    'Category, Item Category, Product Category, Category Name, श्रेणी, कैटेगरी, केटेगरी, कैटेगिरी, वर्ग',
  unit:
    'Unit, Units, Base Unit (x), BaseUnits, Primary Unit, Unit Name, Item Unit, UOM, Unit of Measure, ' +
    'Unit of Measurement, Pack, Pack Size, Packing, Packet, Size, Weight, Net Weight, माप, इकाई, यूनिट, नाप, पैक, ' +
    'पैकिंग, पैकेट, साइज, वजन',
  price:
    'Price, Sale Price, Sales Price, Selling Price (Rs.), Sale Rate, Sales Rate, Selling Rate, Retail Price, ' +
    'StandardPrice, Standard Selling Price, Unit Price, Rate, Price per Unit, Daam, Bhav, दाम (₹), क़ीमत, मूल्य, ' +
    'बिक्री मूल्य, बिक्री दाम, बिक्री रेट, विक्रय मूल्य, बेचने का दाम, भाव, रेट, दर',
  mrp:
    'M.R.P., MRP per Unit, Item MRP, Max. Retail Price, Maximum Retail Price, एम.आर.पी., ' +
    'अधिकतम खुदरा मूल्य, छपा दाम',
  stock:
    'Stock, Current Stock, Current Stock Quantity, Current Stock Qty, Stock Quantity, Stock Qty., Stock in Hand, ' +
    'Available Stock, In Stock, Available Quantity, Quantity on Hand, Closing Stock, Closing Quantity, Closing Qty., ' +
    'ClosingBalance, Quantity, QTY., Opening Stock, Opening Stock Quantity, Opening Stock Qty, Opening Quantity, ' +
    'Opening Qty, Opening Balance, स्टॉक, मौजूदा स्टॉक, बचा स्टॉक, बाकी स्टॉक, मात्रा, नग, शुरुआती स्टॉक, ओपनिंग स्टॉक',
  stock_seen: 'stock_seen',
  sold_as: 'sold_as, Packed or loose, Loose / or packed, बिक्री का तरीका, पैक या खुला, खुला या पैक',
  smallest: 'Smallest, Smallest amount, सबसे कम मात्रा',
  step: 'Step, बढ़ने-घटने की मात्रा',
  presets: 'Presets, Amounts to choose from, चुनने के लिए मात्राएँ',
  country: 'Country, Country of Origin, Origin, Made in, मूल देश, देश, उत्पादक देश',
  maker:
    'Maker, Made by, Packed by, Manufactured by, Made or packed by, Packer, निर्माता, बनाने वाला',
  maker_address: 'maker_address, Manufacturer address, Packer address, निर्माता का पता',
  best_before: 'Best before, Best before date, इससे पहले अच्छा',
  diet: 'Diet, Veg or non-veg, Veg / Non-veg, शाकाहारी या मांसाहारी, शाकाहारी या नहीं',
  hsn_code: 'HSN, HSN Code, HSN/SAC, HSN/SAC Code, HSN No., Item HSN, एच.एस.एन., एचएसएन कोड',
  gst: 'GST %, GST Rate, GST percent, GST Percentage, Tax Rate, GST Tax Rate, IGST Rate, जी.एस.टी., जीएसटी दर',
}

test.group('Columns are known by their usual names', () => {
  test('as {$self}')
    .with(LISTED_FIELDS)
    .run(({ assert }, field) => {
      const names = HEADERS[field].split(', ')
      for (const name of names) assert.equal(columnsNamed([name])[field], 0, name)
      for (const [more, less] of names.map((name, at) => [name, ...names.slice(at + 1)])) {
        if (less) assert.equal(columnsNamed([less, more, less])[field], 1, `${more}, not ${less}`)
      }
    })

  for (const [whose, [header, expected]] of Object.entries(LISTS)) {
    test(`in lists of ${whose}`, ({ assert }) => {
      assert.deepEqual(columnsNamed(header.split(',')), expected)
    })
  }

  test('by the first of two that are named alike', ({ assert }) => {
    assert.deepEqual(columnsNamed(['Item', 'Rate', 'Rate']), { name: 0, price: 1 })
  })

  test('never by those of what the shop paid', ({ assert }) => {
    assert.deepEqual(columnsNamed(['Purchase Price', 'Cost', 'Purchase Rate', 'Item Code']), {})
  })

  test('soon, with anything else in the cell', ({ assert }) => {
    const cells = ['('.repeat(1_000_000), `a${'\u0316\u0301'.repeat(400_000)}`, 'Name']
    assert.deepEqual(columnsNamed(cells), { name: 2 })
  })
})
