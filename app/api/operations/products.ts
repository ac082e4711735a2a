import { IDEMPOTENCY_KEY, IF_MATCH, JSON_BODY } from '#api/operations/common'
import { PROBLEMS } from '#api/problem_schema'
import { productSchema } from '#transformers/product_transformer'
import { productPageValidator } from '#validators/api'
import {
  productChangeValidator,
  productPatchValidator,
  productValidator,
} from '#validators/api_product'
import type { Operations } from '#api/operation'

const PACKED = {
  name: 'Besan',
  price: 52.5,
  unit: '500 g',
  category: 'flours',
  stock: 20,
  mrp: 55,
  country: 'IN',
  diet: 'veg',
  hsn_code: '1106',
  gst_rate: 5,
}
const LOOSE = {
  ...{ name: 'Toor dal', price: 120, category: 'dals', sold_as: 'loose', measure: 'weight' },
  ...{ stock: 25.5, smallest: 50, step: 50, presets: [100, 250, 500, 1000] },
}

const GOODS =
  'Packed goods have a `measure` and a `net_quantity`, which are read from a `unit` such as `500 g` when they are missing; a unit that is not ' +
  'understood is one piece. Loose goods are priced per kg, l, m or dozen. A price above the MRP is refused.'

const CHANGES =
  'Fields that are missing, null or empty keep their value, but null empties `category`, `mrp` and the fields of the label. Fields may be sent back as they were ' +
  'read. Changing `sold_as` or the measure of loose goods needs the stock too, which is counted in another unit then. With `If-Match` the change is ' +
  'made only if the product is still as it was read; `stock_change` and `base_stock_change` do not need it, because they are relative to the current stock.'

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
    description: GOODS,
    headers: IDEMPOTENCY_KEY,
    body: { validator: productValidator, types: JSON_BODY, example: LOOSE },
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
    body: { validator: productChangeValidator, types: JSON_BODY, example: PACKED },
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
