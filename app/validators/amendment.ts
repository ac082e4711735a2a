import vine from '@vinejs/vine'
import type { FieldContext, SchemaTypes } from '@vinejs/vine/types'
import { MOST_ITEMS } from '#cart/cart_item'
import { LARGEST_NET_QUANTITY } from '#measures/goods'
import { BASE_UNITS } from '#measures/price_units'
import { isUuid } from '#models/keyset'
import { FULFILMENTS, PAYMENT_METHODS } from '#models/order_state'
import { paise, slotKey } from '#validators/checkout'
import { count } from '#validators/count'
import { pinCode } from '#validators/pin_code'
import { line } from '#validators/text'
import { uuid } from '#validators/uuid'
import { mobile } from '#validators/user'

export const STEPS = ['less', 'more', 'none'] as const

const LONGEST_SEARCH = 120

/** A button of a line or a product, `less 0194…`, the one that searches, or the one that saves. */
const STEP = /^(look|save|(less|more|none) [0-9a-f-]{36})$/i

const typedAmount = () => vine.string().maxLength(60).nullable()

/** Products that are to be added, by their ids. */
const added = <Agreed extends Record<string, SchemaTypes>>(agreed: Agreed) =>
  vine
    .record(vine.object({ amount: typedAmount(), ...agreed }))
    .maxLength(MOST_ITEMS)
    .validateKeys((ids, field) => {
      if (!ids.every(isUuid)) field.report('The {{ field }} field has unknown ids', 'ids', field)
    })

/** A search finds nothing more by what is behind its first words, and what was typed beside it must not be lost. */
const sought = () =>
  vine
    .string()
    .transform((text: string | null) => text?.slice(0, LONGEST_SEARCH))
    .nullable()
    .optional()

/**
 * What the page reckons with, before anything is saved. A line is as typed: what it means depends on the goods. `sought`
 * is the search that the page shows.
 */
export const amendmentDraftValidator = vine.create({
  lines: vine.record(typedAmount()).optional(),
  added: added({}).optional(),
  step: vine.string().regex(STEP).optional(),
  q: sought(),
  sought: sought(),
  fulfilment: vine.enum(FULFILMENTS).optional(),
})

/** A saved address has its own mobile. */
const hasNoMobile = ({ parent }: FieldContext) => !parent.address_id
const isTyped = ({ parent }: FieldContext) => parent.fulfilment === 'delivery' && !parent.address_id

/** Of the fields that count, see `countingFields`. `agreed_paise` is what the button said. */
export const amendmentValidator = vine.create({
  revision: count().range([0, 1_000_000]),
  agreed_paise: paise(),
  lines: vine.record(typedAmount()),
  added: added({
    price_paise: paise(),
    base_unit: vine.enum(BASE_UNITS),
    net_quantity: count().range([1, LARGEST_NET_QUANTITY]),
  }).optional(),
  fulfilment: vine.enum(FULFILMENTS),
  payment_method: vine.enum(PAYMENT_METHODS).optional(),
  address_id: uuid().optional(),
  address: line(300).optional().requiredWhen(isTyped),
  pin_code: pinCode().nullable().optional(),
  mobile: mobile().optional().requiredWhen(hasNoMobile),
  note: line(300).nullable().optional(),
  slot: slotKey().nullable().optional(),
})
