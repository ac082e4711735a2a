import { IDEMPOTENCY_KEY, IF_MATCH, JSON_BODY } from '#api/operations/common'
import { PROBLEMS } from '#api/problem_schema'
import { productSchema } from '#transformers/product_transformer'
import {
  productChangeValidator,
  productPageValidator,
  productPatchValidator,
  productValidator,
} from '#validators/api'
import type { Operations } from '#api/operation'

const PRODUCT = { name: 'Besan', price: 52.5, unit: '500 g', category: 'flours', stock: 20 }

const CHANGES =
  'Fields that are missing, null or empty keep their value. With `If-Match` the change is made only if the product is still as ' +
  'it was read; `stock_change` does not need it, because it is relative to the current stock.'

export const PRODUCTS: Operations = {
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
}
