import vine, { type VineValidator } from '@vinejs/vine'
import { productHitSchema, shopHitSchema } from '#transformers/search_hit_transformer'
import { productSchema } from '#transformers/product_transformer'
import { shopSchema } from '#transformers/shop_transformer'
import { userSchema } from '#transformers/user_transformer'
import {
  productPageValidator,
  productValidator,
  searchValidator,
  shopPageValidator,
  shopValidator,
} from '#validators/api'
import { credentialsValidator, registrationValidator } from '#validators/user'

type Validator = VineValidator<any, any>

/** The shape of an answer; `list` and `anyOf` are of schemas that have a name. */
export type AnswerSchema = Validator | { list: Validator } | { count: Validator[] }

/** What the document says of a route beyond what the route itself tells. */
export interface Operation {
  summary: string
  description?: string
  query?: Validator
  body?: { validator: Validator; types: string[] }
  /** The status of invalid input, 422 unless the clients there are expect another. */
  invalid?: number
  answer: { status: number; description: string; schema?: AnswerSchema; paged?: boolean }
  /** Statuses of this operation alone, and when they come. */
  problems?: Record<number, string>
}

export const JSON_BODY = ['application/json']
export const FORM_BODY = ['application/x-www-form-urlencoded']

const messageSchema = vine.create({ msg: vine.string() })

const tokenSchema = vine.create({
  access_token: vine.string(),
  token_type: vine.enum(['bearer'] as const),
  expires_in: vine.number({ strict: true }).withoutDecimals().meta({ description: 'Seconds' }),
})

/** Schemas that the document gives a name. */
export const SCHEMAS = new Map<Validator, string>([
  [messageSchema, 'Message'],
  [tokenSchema, 'Token'],
  [userSchema, 'User'],
  [shopSchema, 'Shop'],
  [productSchema, 'Product'],
  [shopHitSchema, 'ShopHit'],
  [productHitSchema, 'ProductHit'],
])

const OPERATIONS: Record<string, Operation> = {
  'api.accounts.store': {
    summary: 'Register a customer or a shop owner',
    body: { validator: registrationValidator, types: JSON_BODY },
    invalid: 400,
    answer: { status: 201, description: 'Registered', schema: messageSchema },
  },
  'api.tokens.store': {
    summary: 'Get a token for a username and a password',
    body: { validator: credentialsValidator, types: FORM_BODY },
    answer: { status: 200, description: 'The token, shown this once', schema: tokenSchema },
    problems: { 400: 'The username or the password is wrong' },
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
    description: 'Customers see all shops, owners their own.',
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
    body: { validator: shopValidator, types: [...FORM_BODY, ...JSON_BODY] },
    answer: { status: 200, description: 'The new shop', schema: shopSchema },
  },
  'api.shops.show': {
    summary: 'One shop',
    answer: { status: 200, description: 'The shop', schema: shopSchema },
  },
  'api.shops.destroy': {
    summary: 'Delete a shop with its products',
    answer: { status: 204, description: 'It is gone' },
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
    body: { validator: productValidator, types: JSON_BODY },
    answer: { status: 201, description: 'The new product', schema: productSchema },
  },
  'api.products.update': {
    summary: 'Change a product',
    description: 'What is left out stays as it is.',
    body: { validator: productValidator, types: JSON_BODY },
    answer: { status: 200, description: 'The product as it is now', schema: productSchema },
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
    problems: { 503: 'The search engine does not answer' },
  },
}

export function operationOf(route: string | undefined): Operation | undefined {
  return OPERATIONS[route ?? '']
}
