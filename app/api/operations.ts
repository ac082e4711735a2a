import vine, { type VineValidator } from '@vinejs/vine'
import { productHitSchema, shopHitSchema } from '#transformers/search_hit_transformer'
import { productSchema } from '#transformers/product_transformer'
import { shopSchema } from '#transformers/shop_transformer'
import { userSchema } from '#transformers/user_transformer'
import { orderDetailSchema, orderSchema } from '#transformers/order_transformer'
import { PROBLEMS } from '#api/problem_schema'
import { ROLES } from '#models/user'
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

type Validator = VineValidator<any, any>

/** Schema of a response; `list` and `anyOf` take named schemas. */
export type AnswerSchema = Validator | { list: Validator } | { count: Validator[] }

/** The part of the description that routes and validators cannot supply. */
export interface Operation {
  summary: string
  description?: string
  query?: Validator
  /** `example` is what `/docs` proposes to send. */
  body?: { validator: Validator; types: string[]; example: Record<string, unknown> }
  /** Status for invalid input; 422 unless existing clients expect another. */
  invalid?: number
  /** Optional request headers and what they do. */
  headers?: Record<string, string>
  answer: {
    status: number
    description: string
    schema?: AnswerSchema
    paged?: boolean
    tagged?: boolean
  }
  /** Statuses specific to this operation. */
  problems?: Record<number, string>
}

export const JSON_BODY = ['application/json']
export const FORM_BODY = ['application/x-www-form-urlencoded']

const CREDENTIALS = { username: 'asha', password: 'Pass@1234' }
const ID = '01941f29-d5d9-700e-9171-c0e046b6a174'
const PRODUCT = { name: 'Besan', price: 52.5, unit: '500 g', category: 'flours', stock: 20 }

/** For creating operations: repeating the request with the same key creates only one. */
const IDEMPOTENCY_KEY = {
  'Idempotency-Key': 'Any text of your own for this request; the same for every try',
}
const CHANGES =
  'What is left out, null or empty stays as it is, the stock too. With `If-Match` only what is still as it ' +
  'was read is changed; `stock_change` needs none, since it counts from the stock of that moment.'

const IF_MATCH = { 'If-Match': 'The `ETag` that reading it gave, with or without `W/`, or `*`' }

const messageSchema = vine.create({ msg: vine.string() })

const tokenSchema = vine.create({
  access_token: vine.string(),
  token_type: vine.enum(['bearer'] as const),
  expires_in: vine.number({ strict: true }).withoutDecimals().meta({ description: 'Seconds' }),
})

const server = vine.object({
  ip: vine.string().nullable(),
  port: vine.number({ strict: true }).withoutDecimals().nullable(),
  is_replica: vine.boolean({ strict: true }),
})

const serversSchema = vine.create({
  user: vine.object({ username: vine.string(), role: vine.enum(ROLES) }),
  read_db: server,
  write_db: server.clone(),
})

/** Schemas with a name in the document. */
export const SCHEMAS = new Map<Validator, string>([
  [messageSchema, 'Message'],
  [tokenSchema, 'Token'],
  [userSchema, 'User'],
  [shopSchema, 'Shop'],
  [productSchema, 'Product'],
  [shopHitSchema, 'ShopHit'],
  [productHitSchema, 'ProductHit'],
  [orderSchema, 'Order'],
  [orderDetailSchema, 'OrderDetail'],
  [serversSchema, 'Servers'],
])

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
    answer: { status: 200, description: 'The token, shown this once', schema: tokenSchema },
    problems: {
      400: 'The username or the password is wrong',
      403: 'The account is blocked, or it is a demo account and those are turned off here',
    },
  },
  'api.tokens.destroy': {
    summary: 'Revoke the token that this request carries',
    answer: { status: 204, description: 'It is not accepted any more' },
  },
  'api.profile.show': {
    summary: 'Who the token stands for',
    answer: { status: 200, description: 'The user', schema: userSchema },
  },
  'api.shops.index': {
    summary: 'List shops',
    description: 'Customers see all open shops, owners their own.',
    query: shopPageValidator,
    answer: {
      status: 200,
      description: 'A page by name',
      schema: { list: shopSchema },
      paged: true,
    },
  },
  'api.shops.store': {
    summary: 'Open a shop',
    headers: IDEMPOTENCY_KEY,
    body: {
      validator: shopValidator,
      types: [...FORM_BODY, ...JSON_BODY],
      example: { name: 'Gupta Kirana', city: 'Indore' },
    },
    answer: { status: 200, description: 'The new shop', schema: shopSchema },
    problems: {
      400: 'The `Idempotency-Key` is none',
      409: 'The owner has as many shops as they may',
    },
  },
  'api.shops.show': {
    summary: 'One shop',
    description: 'A closed shop is there for its owner alone.',
    answer: { status: 200, description: 'The shop', schema: shopSchema },
  },
  'api.shops.destroy': {
    summary: 'Delete a shop with its products, or close it',
    description:
      'A shop that has orders is closed: customers do not find it any more, and its owner keeps its orders. ' +
      'It can be opened again on the pages.',
    answer: { status: 204, description: 'It is deleted or closed' },
    problems: { 409: 'There are open orders, money to give back, or a khata that is not settled' },
  },
  'api.products.index': {
    summary: "List a shop's products",
    query: productPageValidator,
    answer: {
      status: 200,
      description: 'A page by name',
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
      400: 'The `Idempotency-Key` is none',
      409: 'The shop has a product of this name, or the owner as many as they may',
    },
  },
  'api.products.show': {
    summary: 'One product',
    answer: { status: 200, description: 'The product', schema: productSchema, tagged: true },
  },
  'api.products.update': {
    summary: 'Change a product, with its name and price',
    description: CHANGES,
    headers: IF_MATCH,
    body: { validator: productChangeValidator, types: JSON_BODY, example: PRODUCT },
    answer: {
      status: 200,
      description: 'The product as it is now',
      schema: productSchema,
      tagged: true,
    },
    problems: { 409: 'The shop has another product of this name', 412: PROBLEMS[412] },
  },
  'api.products.patch': {
    summary: 'Change some of a product',
    description: CHANGES,
    headers: IF_MATCH,
    body: {
      validator: productPatchValidator,
      types: JSON_BODY,
      example: { stock_change: 12 },
    },
    answer: {
      status: 200,
      description: 'The product as it is now',
      schema: productSchema,
      tagged: true,
    },
    problems: { 409: 'The shop has another product of this name', 412: PROBLEMS[412] },
  },
  'api.products.destroy': {
    summary: 'Delete a product',
    answer: { status: 204, description: 'It is gone' },
  },
  'api.searches.show': {
    summary: 'Search shops and products',
    description: 'Typing errors are forgiven; Hindi finds what has a Hindi name.',
    query: searchValidator,
    answer: {
      status: 200,
      description: 'The best hits, best first',
      schema: { count: [shopHitSchema, productHitSchema] },
    },
    problems: { 503: 'The search engine, or the database, does not answer for now' },
  },
  'api.orders.index': {
    summary: 'The orders that this user placed, the newest first',
    query: orderPageValidator,
    answer: { status: 200, description: 'A page', schema: { list: orderSchema }, paged: true },
  },
  'api.orders.store': {
    summary: 'Place an order',
    description:
      'Customers and owners may, at any shop, as on the pages. Prices are those of now, unless an item says what was agreed to. With an `Idempotency-Key` the ' +
      'same order may be sent again: it is placed once.',
    headers: IDEMPOTENCY_KEY,
    body: {
      validator: orderValidator,
      types: JSON_BODY,
      example: { shop_id: ID, items: [{ product_id: ID, quantity: 2 }], payment_method: 'cod' },
    },
    invalid: 400,
    answer: { status: 201, description: 'The order', schema: orderDetailSchema },
    problems: {
      400: 'The order is not one that the shop can take',
      404: 'There is no such shop',
      409: 'A price has risen, there is less in stock than was wanted, or too many orders are open',
      422: 'The `Idempotency-Key` was used for something else',
    },
  },
  'api.orders.show': {
    summary: 'One order with its items, for its customer and its shop',
    answer: {
      status: 200,
      description: 'The order',
      schema: orderDetailSchema,
      tagged: true,
    },
  },
  'api.order_cancellations.store': {
    summary: 'Cancel an order, until it is packed',
    answer: { status: 200, description: 'The order as it is now', schema: orderSchema },
    problems: { 400: 'It is too late' },
  },
  'api.order_statuses.update': {
    summary: "Move an order of one's own shop on",
    headers: { 'If-Match': 'The `ETag` of the order, with or without `W/`, or `*`' },
    body: { validator: orderStatusValidator, types: JSON_BODY, example: { status: 'confirmed' } },
    invalid: 400,
    answer: { status: 200, description: 'The order as it is now', schema: orderSchema },
    problems: { 409: 'The order cannot go there from where it is', 412: PROBLEMS[412] },
  },
  'api.database.show': {
    summary: 'Which database servers answer, for admins',
    answer: { status: 200, description: 'The servers', schema: serversSchema },
  },
}

export function operationOf(route: string | undefined): Operation | undefined {
  return OPERATIONS[route ?? '']
}
