import { PASSWORD } from '#tests/helpers/factories'
import {
  admins,
  anyOwner,
  anyProgram,
  anyToken,
  customersAndTheOwner,
  itsCustomer,
  itsCustomerAndOwner,
  itsOwner,
  type ApiRule,
  type Row,
} from './rules.js'

const answers = (who: ApiRule, ok = 200, sends?: Row<ApiRule>['sends']): Row<ApiRule> => ({
  who,
  ok,
  sends,
})

const product = () => ({ name: 'Poha', price: 40 })

/** What programs may do, by whose token they show. */
export const API: Record<string, Row<ApiRule>> = {
  'POST /api/register': answers(anyProgram, 201, ({ newUsername }) => ({
    username: newUsername(),
    password: PASSWORD,
    role: 'customer',
    full_name: 'Meena Joshi',
    address: '4 Station Road, Ujjain 456001',
    mobile: '9876501234',
  })),
  'POST /api/token': answers(anyProgram, 200, ({ customer: { username } }) => {
    return new URLSearchParams({ username, password: PASSWORD })
  }),
  'DELETE /api/token': { ...answers(anyToken, 204), ends: true },
  'GET /api/me': answers(anyToken),
  'GET /api/search': answers(anyToken),
  'GET /api/shops': answers(anyToken),
  'POST /api/shops': answers(anyOwner, 200, () => ({ name: 'Gupta Stores', city: 'Indore' })),
  'GET /api/shops/:id': answers(customersAndTheOwner),
  'DELETE /api/shops/:id': {
    ...answers(itsOwner, 204),
    ids: ({ inviting }) => ({ id: inviting.id }),
  },
  'GET /api/shops/:shop_id/slots': answers(customersAndTheOwner),
  'GET /api/shops/:shop_id/products': answers(customersAndTheOwner),
  'POST /api/shops/:shop_id/products': answers(itsOwner, 201, product),
  'GET /api/shops/:shop_id/products/:product_id': answers(customersAndTheOwner),
  'PUT /api/shops/:shop_id/products/:product_id': answers(itsOwner, 200, product),
  'PATCH /api/shops/:shop_id/products/:product_id': answers(itsOwner, 200, product),
  'DELETE /api/shops/:shop_id/products/:product_id': answers(itsOwner, 204),
  'GET /api/orders/me': answers(anyToken),
  'POST /api/orders': answers(anyToken, 201, (world) => ({
    shop_id: world.shop.id,
    items: [{ product_id: world.product.id }],
    address: '12 MG Road, Indore 452001',
  })),
  'GET /api/orders/:id': answers(itsCustomerAndOwner),
  'PATCH /api/orders/:id': answers(itsCustomer, 200, () => ({ note: 'Ring twice' })),
  'POST /api/orders/:id/cancel': answers(itsCustomer),
  'PATCH /api/orders/:id/status': answers(itsOwner, 200, () => ({ status: 'confirmed' })),
  'PATCH /api/orders/:id/items/:item_id': {
    ...answers(itsOwner, 409, () => ({ base_quantity: 1 })),
    ids: ({ item }) => ({ item_id: item.id }),
  },
  'POST /api/orders/:id/items/:item_id/answer': {
    ...answers(itsCustomer, 409, () => ({ answer: 'agree', base_asked_quantity: 1 })),
    ids: ({ item }) => ({ item_id: item.id }),
  },
  'GET /api/orders/:id/bill': {
    ...answers(itsCustomerAndOwner),
    ids: ({ delivered }) => ({ id: delivered.id }),
  },
  'GET /api/debug/db': answers(admins),
}
