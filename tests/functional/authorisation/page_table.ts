import { randomUUID } from 'node:crypto'
import { pushKey } from '#push/push_settings'
import { PASSWORD } from '#tests/helpers/factories'
import {
  everybody,
  guests,
  leadsOn,
  owners,
  people,
  shows,
  theCustomer,
  toThePrice,
} from './rules.js'
import type { PageRule, Row, Sends } from './rules.js'
import type { World } from './world.js'

const checkout: Sends = ({ product: { id, pricePaise } }) => ({
  'items[0][product_id]': id,
  'items[0][quantity]': '1',
  'items[0][price_paise]': String(pricePaise),
  'delivery_fee_paise': '0',
  'fulfilment': 'pickup',
  'payment_method': 'cash',
  'mobile': '9876543210',
  'missing_items': 'call',
})

const account: Sends = ({ newUsername }) => ({
  username: newUsername(),
  password: PASSWORD,
  password_confirmation: PASSWORD,
  full_name: 'Meena Joshi',
  address: '4 Station Road, Ujjain 456001',
  mobile: '9876501234',
})

const newAddress: Sends = () => ({
  'address': '4 Station Road, Ujjain 456001',
  'shown[address]': '12 MG Road, Indore 452001',
})

const savedAddress: Sends = () => ({
  address: '4 Station Road',
  pin_code: '456001',
  mobile: '9876501234',
})

/** A browser; its endpoint is called by no test. */
const subscribed: Sends = () => ({
  endpoint: `https://fcm.googleapis.com/fcm/send/${randomUUID()}`,
  p256dh: pushKey()!,
  auth: 'a'.repeat(22),
  server_key: pushKey()!,
})

const newLine: Sends = () => ({ 'address': '5 Station Road', 'shown[address]': '12 MG Road' })

/** So that the next test can log in as before. */
const samePassword: Sends = () => ({
  current_password: PASSWORD,
  password: PASSWORD,
  password_confirmation: PASSWORD,
})

const theDelivered = ({ delivered: { id } }: World) => ({ order_id: id })

/** Nobody here has sent a form too late: all are led to where they begin. */
const neverKept = ({ order: { id } }: World) => ({ id })

/** Who may use which page of the customers' side. */
export const PAGES: Record<string, Row<PageRule>> = {
  'GET /': shows(everybody),
  'POST /language': leadsOn(everybody, () => ({ locale: 'en', back: '/' })),
  'GET /offline': shows(everybody),
  'GET /place': shows(everybody),
  'PUT /place': leadsOn(everybody, () => ({ pin_code: '452001', back: '/' })),
  'DELETE /place': leadsOn(everybody),
  'GET /shops': shows(everybody),
  'GET /shops/:id': shows(everybody),
  'GET /shops/:shop_id/products/:id': shows(everybody),
  'GET /search': shows(everybody),
  'GET /search/suggestions': shows(everybody),
  'GET /docs': shows(everybody),

  'GET /cart': shows(everybody),
  'DELETE /cart': leadsOn(everybody),
  'POST /cart/items': leadsOn(everybody, ({ product: { id } }) => ({ product_id: id })),
  'PUT /cart/items/:id': leadsOn(everybody, () => ({ quantity: '2' })),
  'DELETE /cart/items/:id': leadsOn(everybody),

  'GET /login': shows(guests),
  'POST /login': leadsOn(guests, ({ customer: { username } }) => ({
    username,
    password: PASSWORD,
  })),
  'GET /register/:role': shows(guests),
  'POST /register/:role': leadsOn(guests, account),
  'POST /logout': { ...leadsOn(everybody), ends: true },

  'GET /account': shows(people),
  'PUT /account': leadsOn(people, newAddress),
  'GET /account/password': shows(people),
  'PUT /account/password': { ...leadsOn(people, samePassword), ends: true },
  'DELETE /account/sessions': { ...leadsOn(people), ends: true },

  'PUT /account/push-subscription': { who: owners, ok: 204, sends: subscribed },
  'DELETE /account/push-subscription': { who: owners, ok: 204 },

  'GET /account/addresses': shows(people),
  'GET /account/addresses/create': shows(people),
  'POST /account/addresses': leadsOn(people, savedAddress),
  'GET /account/addresses/:id/edit': shows(theCustomer),
  'PUT /account/addresses/:id': leadsOn(theCustomer, newLine),
  'PATCH /account/addresses/:id': leadsOn(theCustomer, newLine),
  'DELETE /account/addresses/:id': leadsOn(theCustomer),
  'PUT /account/addresses/:id/default': leadsOn(theCustomer),

  'GET /kept-forms/:id': { ...leadsOn(people), ids: neverKept },
  'POST /kept-forms/:id': { ...leadsOn(people), ids: neverKept },
  'DELETE /kept-forms/:id': { ...leadsOn(people), ids: neverKept },

  'GET /shops/:shop_id/checkout': leadsOn(people),
  'POST /shops/:shop_id/checkout': leadsOn(people, checkout),
  'POST /shops/:shop_id/usual': leadsOn(people),
  'GET /products/:product_id/checkout': shows(people),
  'GET /orders': shows(people),
  'GET /orders/:id': shows(theCustomer),
  'GET /orders/stream': shows(people),
  'GET /orders/:order_id/bill': shows(theCustomer),
  'GET /orders/:order_id/bill.pdf': { ...shows(theCustomer), ids: theDelivered },
  'GET /orders/:order_id/upi.svg': shows(theCustomer),
  'GET /orders/:order_id/upi.png': shows(theCustomer),
  'POST /orders/:order_id/payment': leadsOn(theCustomer, (world) => ({
    ...toThePrice(world),
    reference: '405512345678',
  })),
  'POST /orders/:order_id/items/:item_id/answer': {
    ...leadsOn(theCustomer, () => ({ answer: 'agree', asked: '1300' })),
    ids: ({ item }) => ({ item_id: item.id }),
  },
  'GET /orders/:order_id/change': shows(theCustomer),
  'PUT /orders/:order_id/change': leadsOn(theCustomer, ({ item, order }) => ({
    revision: '0',
    agreed_paise: `${order.totalPaise}`,
    [`lines[${item.id}]`]: '1',
    address: '5 Ring Road',
    pin_code: '452001',
    mobile: '9876543210',
  })),
  'POST /orders/:order_id/cancellation': leadsOn(theCustomer),
  'POST /orders/:order_id/reorder': leadsOn(theCustomer),
  'GET /khatas': shows(people),
  'GET /khatas/:id': shows(theCustomer),
  'GET /khatas/:khata_id/upi.svg': shows(theCustomer),
  'GET /khatas/:khata_id/upi.png': shows(theCustomer),
  'GET /khatas/:khata_id/statement.pdf': shows(theCustomer),
  'POST /khatas/:khata_id/closing': leadsOn(theCustomer),
  'POST /khata-codes': leadsOn(people, ({ codes }) => ({ code: codes.pop() })),
  'POST /shops/:shop_id/khata-requests': leadsOn(people),
  'DELETE /khata-requests/:id': leadsOn(theCustomer),
  'POST /khata-invitations/:id/acceptance': leadsOn(theCustomer),
  'POST /khata-invitations/:id/refusal': leadsOn(theCustomer),
}
