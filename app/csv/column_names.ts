import { bareName } from '#csv/bare_name'
import { LISTED_FIELDS, type ListedField } from '#validators/product'

/**
 * Usual names of the columns in English, Hindi and Hinglish, and those of the item lists of Vyapar ("Item name*",
 * "Sale price", "Base Unit (x)", "Current stock quantity"), Khatabook ("Selling Price", "Opening Stock") and Tally
 * ("Particulars", "BaseUnits", "Closing Balance"). The first that a list has counts. No name means a
 * purchase price; a list of no other price is sold at the MRP.
 */
const NAMES: Record<ListedField, string[]> = {
  name: [
    ...['name', 'item name', 'product name', 'name of item', 'stock item name', 'item', 'product'],
    ...['items', 'products', 'stock item', 'particulars', 'goods', 'article', 'naam', 'saman'],
    ...['item description', 'description'],
    ...['नाम', 'सामान का नाम', 'सामान', 'वस्तु का नाम', 'वस्तु', 'आइटम का नाम', 'आइटम', 'माल'],
    ...['प्रोडक्ट का नाम', 'प्रोडक्ट', 'उत्पाद का नाम', 'उत्पाद', 'चीज़ का नाम', 'चीज़', 'विवरण'],
  ],
  name_hi: [
    ...['name hi', 'name in hindi', 'hindi name', 'name hindi', 'item name hindi'],
    ...['हिंदी में नाम', 'हिन्दी में नाम', 'हिंदी नाम', 'हिन्दी नाम', 'नाम हिंदी में', 'नाम हिन्दी में'],
    ...['नाम हिंदी', 'नाम हिन्दी'],
  ],
  brand: [
    ...['brand', 'brand name', 'company', 'company name', 'manufacturer', 'make'],
    ...['ब्रांड', 'ब्राण्ड', 'ब्रैंड', 'कंपनी', 'कम्पनी'],
  ],
  category: [
    ...['category', 'item category', 'product category', 'category name'],
    ...['श्रेणी', 'कैटेगरी', 'केटेगरी', 'कैटेगिरी', 'वर्ग'],
  ],
  unit: [
    ...['unit', 'units', 'base unit', 'base units', 'primary unit', 'unit name', 'item unit'],
    ...['uom', 'unit of measure', 'unit of measurement', 'pack', 'pack size', 'packing', 'packet'],
    ...['size', 'weight', 'net weight'],
    ...['माप', 'इकाई', 'यूनिट', 'नाप', 'पैक', 'पैकिंग', 'पैकेट', 'साइज़', 'वज़न'],
  ],
  price: [
    ...['price', 'sale price', 'sales price', 'selling price', 'sale rate', 'sales rate'],
    ...['selling rate', 'retail price', 'standard price', 'standard selling price', 'unit price'],
    ...['rate', 'price per unit', 'daam', 'bhav'],
    ...['दाम', 'क़ीमत', 'कीमत', 'मूल्य', 'बिक्री मूल्य', 'बिक्री दाम', 'बिक्री रेट', 'विक्रय मूल्य'],
    ...['बेचने का दाम', 'भाव', 'रेट', 'दर'],
  ],
  mrp: [
    ...['mrp', 'mrp per unit', 'item mrp', 'max retail price', 'maximum retail price'],
    ...['एमआरपी', 'अधिकतम खुदरा मूल्य', 'छपा दाम'],
  ],
  stock: [
    ...['stock', 'current stock', 'current stock quantity', 'current stock qty', 'stock quantity'],
    ...['stock qty', 'stock in hand', 'available stock', 'in stock', 'available quantity'],
    ...['quantity on hand', 'closing stock', 'closing quantity', 'closing qty', 'closing balance'],
    ...['quantity', 'qty', 'opening stock', 'opening stock quantity', 'opening stock qty'],
    ...['opening quantity', 'opening qty', 'opening balance'],
    ...['स्टॉक', 'मौजूदा स्टॉक', 'बचा स्टॉक', 'बाकी स्टॉक', 'मात्रा', 'नग', 'शुरुआती स्टॉक', 'ओपनिंग स्टॉक'],
  ],
  stock_seen: ['stock seen'],
  sold_as: [
    'sold as',
    'packed or loose',
    'loose or packed',
    'बिक्री का तरीका',
    'पैक या खुला',
    'खुला या पैक',
  ],
  smallest: ['smallest', 'smallest amount', 'सबसे कम मात्रा'],
  step: ['step', 'बढ़ने घटने की मात्रा'],
  presets: ['presets', 'amounts to choose from', 'चुनने के लिए मात्राएँ'],
  country: ['country', 'country of origin', 'origin', 'made in', 'मूल देश', 'देश', 'उत्पादक देश'],
  maker: [
    'maker',
    'made by',
    'packed by',
    'manufactured by',
    'made or packed by',
    'packer',
    'निर्माता',
    'बनाने वाला',
  ],
  maker_address: ['maker address', 'manufacturer address', 'packer address', 'निर्माता का पता'],
  best_before: ['best before', 'best before date', 'इससे पहले अच्छा'],
  diet: ['diet', 'veg or non veg', 'veg non veg', 'शाकाहारी या मांसाहारी', 'शाकाहारी या नहीं'],
  hsn_code: [
    ...['hsn', 'hsn code', 'hsn sac', 'hsn sac code', 'hsn no', 'item hsn'],
    ...['एचएसएन', 'एचएसएन कोड'],
  ],
  gst: [
    ...[
      'gst',
      'gst rate',
      'gst percent',
      'gst percentage',
      'tax rate',
      'gst tax rate',
      'igst rate',
    ],
    ...['जीएसटी', 'जीएसटी दर'],
  ],
}

const RANKS = new Map(
  LISTED_FIELDS.flatMap((field) =>
    NAMES[field].map((name, rank) => [bareName(name), { field, rank }])
  )
)

/** What `Base Unit (x)` or `Price (₹)` is without the brackets. Without its bound this took the square of the length. */
const inBrackets = /[([].{0,60}?[)\]]/g

function known(header: string) {
  return RANKS.get(bareName(header)) ?? RANKS.get(bareName(header.replace(inBrackets, '')))
}

/** Where a list has its columns. */
export type Columns = Partial<Record<ListedField, number>>

/** The columns that this header names; of several names for the same field, the most usual one counts. */
export function columnsNamed(header: string[]): Columns {
  const best = new Map<ListedField, { rank: number; index: number }>()
  header.forEach((text, index) => {
    const name = known(text)
    if (!name || name.rank >= (best.get(name.field)?.rank ?? Infinity)) return
    best.set(name.field, { rank: name.rank, index })
  })
  const columns: Columns = Object.fromEntries([...best].map(([field, { index }]) => [field, index]))
  return columns.price === undefined && columns.mrp !== undefined
    ? { ...columns, price: columns.mrp }
    : columns
}
