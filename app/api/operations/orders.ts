import { ID, IDEMPOTENCY_KEY, IF_MATCH, JSON_BODY } from '#api/operations/common'
import { PROBLEMS } from '#api/problem_schema'
import { billSchema } from '#transformers/bill_transformer'
import { orderDetailSchema, orderSchema } from '#transformers/order_transformer'
import {
  amendmentValidator,
  orderPageValidator,
  orderStatusValidator,
  orderValidator,
  weightAnswerValidator,
  weightValidator,
} from '#validators/api'
import type { Operations } from '#api/operation'

export const ORDERS: Operations = {
  'api.orders.index': {
    summary: "The user's orders, newest first",
    query: orderPageValidator,
    answer: { status: 200, description: 'A page', schema: { list: orderSchema }, paged: true },
  },
  'api.orders.store': {
    summary: 'Place an order',
    description:
      'For customers and owners, at any shop. Items of one product add up, to at most 99 price units and not less than its `smallest`. Current prices apply, ' +
      'unless an item sets the maximum price it agrees to. With an `Idempotency-Key` the same request may be retried: the order is placed once.',
    headers: IDEMPOTENCY_KEY,
    body: {
      validator: orderValidator,
      types: JSON_BODY,
      example: { shop_id: ID, items: [{ product_id: ID, quantity: 0.25 }], payment_method: 'cod' },
    },
    invalid: 400,
    answer: { status: 201, description: 'The order', schema: orderDetailSchema },
    problems: {
      400: 'The shop cannot accept the order',
      404: 'Shop not found',
      409: 'A price has risen, there is not enough stock, or too many orders are open',
      422: 'The shop does not deliver to the PIN code, or the `Idempotency-Key` was used for another request',
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
  'api.orders.update': {
    summary: 'Change an order, until the shop accepts it',
    description:
      'What is not sent stays. Items keep the price that was agreed. More of one is possible while the shop sells it for no more than that, and then at the ' +
      'current price if it is lower. `added_items` are other products of the shop, at current prices. `fulfilment` changes a pick-up to a delivery, which needs `address`, and back. The delivery fee follows the terms of the shop. An order that was paid costs no more than was paid, and keeps its `payment_method`. With `If-Match` ' +
      'the change is made only if the order is still as it was read. To drop everything, cancel the order.',
    headers: { ...IF_MATCH, ...IDEMPOTENCY_KEY },
    body: {
      validator: amendmentValidator,
      types: JSON_BODY,
      example: { items: [{ id: ID, quantity: 0.25 }], note: 'Ring twice' },
    },
    answer: {
      status: 200,
      description: 'The updated order',
      schema: orderDetailSchema,
      tagged: true,
    },
    problems: {
      409: 'The shop has accepted it, or what it has, its terms, the khata or the payment do not allow the change',
      412: PROBLEMS[412],
    },
  },
  'api.order_items.update': {
    summary: 'Say what the scale says of a loose item, while its order is packed',
    description:
      'Within the tolerance that the customer agreed to (what they see as "up to ₹…" at the checkout) the item is charged by its weight at once. Beyond it the ' +
      'customer is asked: `asked_quantity` waits for the answer, and the order cannot be packed until then. An order that was paid before is never ' +
      'charged more than was paid. With `If-Match` the change is made only if the weight is still as it was read.',
    headers: IF_MATCH,
    body: { validator: weightValidator, types: JSON_BODY, example: { quantity: 1.05 } },
    answer: {
      status: 200,
      description: 'The updated order',
      schema: orderDetailSchema,
    },
    problems: {
      409: 'The item is not being packed, or stock or khata do not have that much',
      412: PROBLEMS[412],
    },
  },
  'api.weight_answers.store': {
    summary: 'Answer whether another weight than ordered is fine',
    body: {
      validator: weightAnswerValidator,
      types: JSON_BODY,
      example: { answer: 'agree', base_asked_quantity: 1300 },
    },
    answer: { status: 200, description: 'The updated order', schema: orderDetailSchema },
    problems: {
      409: 'There is no such question, or stock or khata do not have that much any more',
    },
  },
  'api.bills.show': {
    summary: 'The bill of a delivered order, for its customer or shop',
    answer: { status: 200, description: 'The bill', schema: billSchema, tagged: true },
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
}
