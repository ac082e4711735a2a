import type { Operation } from '#api/operation'
import { messageSchema, serversSchema, tokenSchema } from '#api/named_schemas'
import { productHitSchema, shopHitSchema } from '#transformers/search_hit_transformer'
import { productSchema } from '#transformers/product_transformer'
import { shopSchema } from '#transformers/shop_transformer'
import { userSchema } from '#transformers/user_transformer'
import { orderDetailSchema, orderSchema } from '#transformers/order_transformer'
import { PROBLEMS } from '#api/problem_schema'
import {
  orderPageValidator,
  orderStatusValidator,
  orderValidator,
  productChangeValidator,
  productPageValidator,
  productPatchValidator,
  productValidator,
  searchValidator,
  shopPageValidator,
  shopValidator,
} from '#validators/api'
import { credentialsValidator, registrationValidator } from '#validators/user'

export const JSON_BODY = ['application/json']
export const FORM_BODY = ['application/x-www-form-urlencoded']

const CREDENTIALS = { username: 'asha', password: 'Pass@1234' }
const ID = '01941f29-d5d9-700e-9171-c0e046b6a174'
const PRODUCT = { name: 'Besan', price: 52.5, unit: '500 g', category: 'flours', stock: 20 }

/** For creating operations: repeating the request with the same key creates only one. */
const IDEMPOTENCY_KEY = {
  'Idempotency-Key': 'A unique text for this request; the same for every retry',
}
const CHANGES =
  'Fields that are missing, null or empty keep their value. With `If-Match` the change is made only if the product is still as ' +
  'it was read; `stock_change` does not need it, because it is relative to the current stock.'

const IF_MATCH = { 'If-Match': 'The `ETag` from reading it, with or without `W/`, or `*`' }

const OPERATIONS: Record<string, Operation> = {
  'api.accounts.store': {
    summary: 'Register a customer or a shop owner',
    body: {
      validator: registrationValidator,
      types: JSON_BODY,
      example: {
        ...CREDENTIALS,
        role: 'customer',
        full_name: 'Asha Verma',
        address: '12 Station Road, Indore 452001',
        mobile: '9876543210',
      },
    },
    invalid: 400,
    answer: { status: 201, description: 'Registered', schema: messageSchema },
  },
  'api.tokens.store': {
    summary: 'Get a token for a username and a password',
    body: { validator: credentialsValidator, types: FORM_BODY, example: CREDENTIALS },
    answer: { status: 200, description: 'The token; it is shown only once', schema: tokenSchema },
    problems: {
      400: 'Incorrect username or password',
      403: 'The account is blocked, or it is a demo account and these are turned off',
    },
  },
  'api.tokens.destroy': {
    summary: 'Revoke the token of this request',
    answer: { status: 204, description: 'The token is no longer accepted' },
  },
  'api.profile.show': {
    summary: 'The user of the token',
    answer: { status: 200, description: 'The user', schema: userSchema },
  },
  'api.shops.index': {
    summary: 'List shops',
    description: 'Customers see all open shops, owners their own.',
    query: shopPageValidator,
    answer: {
      status: 200,
      description: 'A page, sorted by name',
      schema: { list: shopSchema },
      paged: true,
    },
  },
  'api.shops.store': {
    summary: 'Open a shop',
    description:
      'The city may be written in English or Hindi, in any spelling, or by an old name; answers have its English name. A city ' +
      'that is not known is added.',
    headers: IDEMPOTENCY_KEY,
    body: {
      validator: shopValidator,
      types: [...FORM_BODY, ...JSON_BODY],
      example: { name: 'Gupta Kirana', city: 'Indore' },
    },
    answer: { status: 200, description: 'The new shop', schema: shopSchema },
    problems: {
      400: 'The `Idempotency-Key` is invalid',
      409: 'The owner has the maximum number of shops',
    },
  },
  'api.shops.show': {
    summary: 'One shop',
    description: 'A closed shop is visible only to its owner.',
    answer: { status: 200, description: 'The shop', schema: shopSchema },
  },
  'api.shops.destroy': {
    summary: 'Delete a shop with its products, or close it',
    description:
      'A shop with orders is closed instead: customers no longer find it, and its owner keeps the orders. ' +
      'It can be reopened on the website.',
    answer: { status: 204, description: 'Deleted or closed' },
    problems: { 409: 'There are open orders, refunds due, or unsettled khatas' },
  },
  'api.products.index': {
    summary: "List a shop's products",
    query: productPageValidator,
    answer: {
      status: 200,
      description: 'A page, sorted by name',
      schema: { list: productSchema },
      paged: true,
    },
  },
  'api.products.store': {
    summary: 'Add a product',
    headers: IDEMPOTENCY_KEY,
    body: { validator: productValidator, types: JSON_BODY, example: PRODUCT },
    answer: { status: 201, description: 'The new product', schema: productSchema },
    problems: {
      400: 'The `Idempotency-Key` is invalid',
      409: 'The shop has a product with this name, or the owner has the maximum number of products',
    },
  },
  'api.products.show': {
    summary: 'One product',
    answer: { status: 200, description: 'The product', schema: productSchema, tagged: true },
  },
  'api.products.update': {
    summary: 'Replace a product',
    description: CHANGES,
    headers: IF_MATCH,
    body: { validator: productChangeValidator, types: JSON_BODY, example: PRODUCT },
    answer: {
      status: 200,
      description: 'The updated product',
      schema: productSchema,
      tagged: true,
    },
    problems: { 409: 'The shop has another product with this name', 412: PROBLEMS[412] },
  },
  'api.products.patch': {
    summary: 'Update some fields of a product',
    description: CHANGES,
    headers: IF_MATCH,
    body: {
      validator: productPatchValidator,
      types: JSON_BODY,
      example: { stock_change: 12 },
    },
    answer: {
      status: 200,
      description: 'The updated product',
      schema: productSchema,
      tagged: true,
    },
    problems: { 409: 'The shop has another product with this name', 412: PROBLEMS[412] },
  },
  'api.products.destroy': {
    summary: 'Delete a product',
    answer: { status: 204, description: 'Deleted' },
  },
  'api.searches.show': {
    summary: 'Search shops and products',
    description:
      'Typing errors are forgiven; products are also found by their Hindi names. The city may be written as for a new shop.',
    query: searchValidator,
    answer: {
      status: 200,
      description: 'The best hits, best first',
      schema: { count: [shopHitSchema, productHitSchema] },
    },
    problems: { 503: 'The search engine or the database is unavailable' },
  },
  'api.orders.index': {
    summary: "The user's orders, newest first",
    query: orderPageValidator,
    answer: { status: 200, description: 'A page', schema: { list: orderSchema }, paged: true },
  },
  'api.orders.store': {
    summary: 'Place an order',
    description:
      'For customers and owners, at any shop. Current prices apply, unless an item sets the maximum price it agrees to. With an `Idempotency-Key` the ' +
      'same request may be retried: the order is placed once.',
    headers: IDEMPOTENCY_KEY,
    body: {
      validator: orderValidator,
      types: JSON_BODY,
      example: { shop_id: ID, items: [{ product_id: ID, quantity: 2 }], payment_method: 'cod' },
    },
    invalid: 400,
    answer: { status: 201, description: 'The order', schema: orderDetailSchema },
    problems: {
      400: 'The shop cannot accept the order',
      404: 'Shop not found',
      409: 'A price has risen, there is not enough stock, or too many orders are open',
      422: 'The `Idempotency-Key` was used for another request',
    },
  },
  'api.orders.show': {
    summary: 'One order with its items, for its customer or shop',
    answer: {
      status: 200,
      description: 'The order',
      schema: orderDetailSchema,
      tagged: true,
    },
  },
  'api.order_cancellations.store': {
    summary: 'Cancel an order, until it is packed',
    answer: { status: 200, description: 'The updated order', schema: orderSchema },
    problems: { 400: 'The order can no longer be cancelled' },
  },
  'api.order_statuses.update': {
    summary: "Change the status of a shop's order",
    headers: { 'If-Match': 'The `ETag` of the order, with or without `W/`, or `*`' },
    body: { validator: orderStatusValidator, types: JSON_BODY, example: { status: 'confirmed' } },
    invalid: 400,
    answer: { status: 200, description: 'The updated order', schema: orderSchema },
    problems: {
      409: 'The order cannot move to this status from its current one',
      412: PROBLEMS[412],
    },
  },
  'api.database.show': {
    summary: 'The database servers in use, for admins',
    answer: { status: 200, description: 'The servers', schema: serversSchema },
  },
}

export function operationOf(route: string | undefined): Operation | undefined {
  return OPERATIONS[route ?? '']
}
