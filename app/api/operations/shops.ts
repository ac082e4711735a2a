import { FORM_BODY, IDEMPOTENCY_KEY, JSON_BODY } from '#api/operations/common'
import { slotSchema } from '#transformers/slot_transformer'
import { shopDetailSchema, shopSchema } from '#transformers/shop_transformer'
import { shopPageValidator, shopShowValidator, shopValidator } from '#validators/api'
import type { Operations } from '#api/operation'

export const SHOPS: Operations = {
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
    summary: 'One shop, with its hours and what a delivery costs',
    description:
      'A closed shop is visible only to its owner. With `pin_code` it says whether the shop delivers there; an order that it does ' +
      'not deliver can still be picked up.',
    query: shopShowValidator,
    answer: { status: 200, description: 'The shop', schema: shopDetailSchema },
  },
  'api.slots.index': {
    summary: 'The delivery slots that can be ordered for now',
    description:
      'Soonest first, of the next seven days; none where the shop has no slots. A slot can be full by the time of the order, which then answers with 409.',
    answer: { status: 200, description: 'The slots', schema: { list: slotSchema } },
  },
  'api.shops.destroy': {
    summary: 'Delete a shop with its products, or close it',
    description:
      'A shop with orders is closed instead: customers no longer find it, and its owner keeps the orders. ' +
      'It can be reopened on the website.',
    answer: { status: 204, description: 'Deleted or closed' },
    problems: { 409: 'There are open orders, refunds due, or unsettled khatas' },
  },
}
