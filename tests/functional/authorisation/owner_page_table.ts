import { leadsOn, owners, shows, theOwner, toThePrice } from './rules.js'
import type { PageRule, Row, Sends } from './rules.js'
import type { World } from './world.js'

const product = { name: 'Poha', unit: '500 g', price: '40', stock: '5' }
const shop = { name: 'Gupta Stores', city: 'Indore', pin_code: '452001' }

/** Edited with the forms that showed what is there. */
const newName: Sends = (world) => ({ 'name': 'Gupta Stores', 'shown[name]': world.shop.name })
const newPrice: Sends = () => ({ 'price': '50', 'shown[price]': '52' })
const newLimit: Sends = () => ({ 'limit': '900', 'shown[limit]': '1000' })
const newFee: Sends = () => ({ 'delivery_fee': '20', 'shown[delivery_fee]': '0' })

const theDelivered = ({ delivered }: World) => ({ order_id: delivered.id })
const atTheInvitingShop = ({ inviting }: World) => ({ shop_id: inviting.id })

const ofTheOrder = ({ item }: World) => ({ item_id: item.id })

/** Who may use which page of the owners' side. */
export const OWNER_PAGES: Record<string, Row<PageRule>> = {
  'GET /owner/shops': shows(owners),
  'GET /owner/shops/create': shows(owners),
  'POST /owner/shops': leadsOn(owners, () => shop),
  'GET /owner/shops/:id': shows(theOwner),
  'GET /owner/shops/:id/edit': shows(theOwner),
  'PUT /owner/shops/:id': leadsOn(theOwner, newName),
  'PATCH /owner/shops/:id': leadsOn(theOwner, newName),
  'DELETE /owner/shops/:id': leadsOn(theOwner),
  'POST /owner/shops/:shop_id/reopening': leadsOn(theOwner),
  'GET /owner/shops/:shop_id/settings': shows(theOwner),
  'GET /owner/shops/:shop_id/hours': shows(theOwner),
  'PUT /owner/shops/:shop_id/hours': leadsOn(theOwner, () => ({
    ...{ from_1a: '9:00', to_1a: '21:00' },
    ...{ 'shown[from_1a]': '', 'shown[to_1a]': '' },
  })),
  'POST /owner/shops/:shop_id/closed-today': leadsOn(theOwner),
  'DELETE /owner/shops/:shop_id/closed-today': leadsOn(theOwner),
  'GET /owner/shops/:shop_id/to-do': shows(theOwner),
  'PUT /owner/shops/:shop_id/settings': leadsOn(theOwner, newFee),

  'GET /owner/shops/:shop_id/products/create': shows(theOwner),
  'POST /owner/shops/:shop_id/products': leadsOn(theOwner, () => product),
  'GET /owner/shops/:shop_id/products/:id': shows(theOwner),
  'GET /owner/shops/:shop_id/products/:id/edit': shows(theOwner),
  'PUT /owner/shops/:shop_id/products/:id': leadsOn(theOwner, newPrice),
  'PATCH /owner/shops/:shop_id/products/:id': leadsOn(theOwner, newPrice),
  'DELETE /owner/shops/:shop_id/products/:id': leadsOn(theOwner),
  'PUT /owner/shops/:shop_id/products/:product_id/stock': leadsOn(theOwner, () => ({
    change: '1',
  })),
  'GET /owner/shops/:shop_id/prices': shows(theOwner),
  'GET /owner/shops/:shop_id/sales': shows(theOwner),
  'POST /owner/shops/:shop_id/product-edits': leadsOn(theOwner, ({ product: { id } }) => ({
    'ids[]': id,
    'set': 'out',
  })),
  'DELETE /owner/shops/:shop_id/product-edits/:id': {
    ...leadsOn(theOwner),
    ids: ({ productEdit }) => ({ id: productEdit }),
  },
  'GET /owner/shops/:shop_id/price-message': shows(theOwner),
  'GET /owner/shops/:shop_id/price-changes/create': shows(theOwner),
  'POST /owner/shops/:shop_id/price-changes': leadsOn(theOwner, ({ product: { id } }) => ({
    direction: 'lower',
    size: '5',
    sized_in: 'percent',
    rounding: '100',
    change: '1',
    previewed: 'lower 500 percent 100',
    [`rows[${id}]`]: '5200',
  })),
  'DELETE /owner/shops/:shop_id/price-changes/:id': {
    ...leadsOn(theOwner),
    ids: ({ priceChange }) => ({ id: priceChange.id }),
  },
  'PUT /owner/shops/:shop_id/prices': leadsOn(theOwner, ({ product: { id } }) => ({
    [`rows[${id}][price]`]: '50',
    [`rows[${id}][shown][price]`]: '52',
  })),
  'GET /owner/shops/:shop_id/gst-returns': shows(theOwner),
  'GET /owner/shops/:shop_id/gst-returns.csv': shows(theOwner),
  'GET /owner/shops/:shop_id/products.csv': shows(theOwner),
  'GET /owner/shops/:shop_id/product-imports/create': shows(theOwner),
  'POST /owner/shops/:shop_id/product-imports': leadsOn(theOwner, () => ({
    csv: 'name,unit,price,stock\nPoha,500 g,40,5',
  })),
  'GET /owner/shops/:shop_id/product-imports/:id': shows(theOwner),
  'PUT /owner/shops/:shop_id/product-imports/:id': leadsOn(theOwner, () => ({
    'corrections[price-2]': '45',
  })),
  'POST /owner/shops/:shop_id/product-imports/:id': leadsOn(theOwner, ({ importDraft }) => ({
    shown: importDraft.shown,
  })),
  'GET /owner/shops/:shop_id/product-imports/:import_id/columns': shows(theOwner),
  'PUT /owner/shops/:shop_id/product-imports/:import_id/columns': leadsOn(theOwner, () => ({
    'separator': 'usual',
    'decimal_mark': '.',
    'first_line': 'names',
    'columns[c0]': 'name',
  })),

  'GET /owner/orders': shows(owners),
  'GET /owner/past-orders': shows(owners),
  'GET /owner/orders.csv': shows(owners),
  'GET /owner/orders/:id': shows(theOwner),
  'GET /owner/orders/:order_id/bill': shows(theOwner),
  'GET /owner/orders/:order_id/bill.pdf': { ...shows(theOwner), ids: theDelivered },
  'GET /owner/orders/:order_id/packing-slip': shows(theOwner),
  'POST /owner/orders/:order_id/transitions': leadsOn(theOwner, () => ({ verb: 'accept' })),
  'DELETE /owner/orders/:order_id/transitions': leadsOn(theOwner, () => ({ from: 'accepted' })),
  'POST /owner/orders/:order_id/left-out-items': leadsOn(theOwner, ({ item }) => ({
    item_id: item.id,
  })),
  'PUT /owner/orders/:order_id/items/:item_id/weight': {
    ...leadsOn(theOwner, () => ({ weight: '100 g' })),
    ids: ofTheOrder,
  },
  'POST /owner/orders/:order_id/payment': leadsOn(theOwner, toThePrice),
  'DELETE /owner/orders/:order_id/payment': leadsOn(theOwner),
  'POST /owner/orders/:order_id/refund': leadsOn(theOwner, () => ({
    amount_paise: '100',
    reference: '405512345678',
  })),

  'GET /owner/shops/:shop_id/khatas': shows(theOwner),
  'GET /owner/shops/:shop_id/counter': shows(theOwner),
  'POST /owner/shops/:shop_id/counter': leadsOn(theOwner, () => ({
    amount: '50',
    payment: 'cash',
  })),
  'DELETE /owner/shops/:shop_id/counter/:id': {
    ...leadsOn(theOwner),
    ids: ({ sale }) => ({ id: sale.id }),
  },
  'GET /owner/shops/:shop_id/dues': shows(theOwner),
  'POST /owner/shops/:shop_id/khatas': leadsOn(theOwner, () => ({
    customer_name: 'Ramesh',
    mobile: '9811122233',
    named_limit: '500',
  })),
  'POST /owner/shops/:shop_id/khatas/:khata_id/codes': {
    ...leadsOn(theOwner),
    ids: ({ inviting, named }) => ({ shop_id: inviting.id, khata_id: named.id }),
  },
  'PUT /owner/shops/:shop_id/khata-requests/:id': {
    ...leadsOn(theOwner, ({ named }) => ({ named_khata: named.id })),
    ids: atTheInvitingShop,
  },
  'DELETE /owner/shops/:shop_id/khata-requests/:id': {
    ...leadsOn(theOwner),
    ids: atTheInvitingShop,
  },
  'GET /owner/shops/:shop_id/khatas/:id': shows(theOwner),
  'GET /owner/shops/:shop_id/khatas/:khata_id/statement.pdf': shows(theOwner),
  'PUT /owner/shops/:shop_id/khatas/:id': leadsOn(theOwner, newLimit),
  'PATCH /owner/shops/:shop_id/khatas/:id': leadsOn(theOwner, newLimit),
  'POST /owner/shops/:shop_id/khatas/:khata_id/settlements': leadsOn(theOwner, () => ({
    amount: '5',
    method: 'cash',
  })),
  'POST /owner/shops/:shop_id/khatas/:khata_id/closing': leadsOn(theOwner),
  'GET /owner/shops/:shop_id/khatas/:khata_id/transactions/:transaction_id/reversal':
    shows(theOwner),
  'POST /owner/shops/:shop_id/khatas/:khata_id/transactions/:transaction_id/reversal': leadsOn(
    theOwner,
    () => ({ reason: 'Entered twice' })
  ),
  'POST /owner/shops/:shop_id/khata-invitations': leadsOn(theOwner, ({ newUsername }) => ({
    username: newUsername(),
    limit: '500',
  })),
  'DELETE /owner/shops/:shop_id/khata-invitations/:id': {
    ...leadsOn(theOwner),
    ids: atTheInvitingShop,
  },
  'POST /owner/shops/:shop_id/khata-codes': leadsOn(theOwner, () => ({ code_limit: '500' })),
}
