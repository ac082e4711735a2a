import vine from '@vinejs/vine'
import type { FieldContext } from '@vinejs/vine/types'
import { slotKey } from '#validators/checkout'
import { count } from '#validators/count'
import { pinCode } from '#validators/pin_code'
import { line } from '#validators/text'
import { mobile } from '#validators/user'

export const STEPS = ['less', 'more', 'none'] as const

/** A button of a line: `less 0194…`. */
const STEP = /^(less|more|none) [0-9a-f-]{36}$/i

/** What the page reckons with, before anything is saved. A line is as typed: what it means depends on the goods. */
export const amendmentDraftValidator = vine.create({
  lines: vine.record(vine.string().maxLength(60).nullable()).optional(),
  step: vine.string().regex(STEP).optional(),
})

const isDelivered = ({ meta }: FieldContext) => meta.isDelivery

/** `agreed_paise` is what the button said. */
export const amendmentValidator = vine.withMetaData<{ isDelivery: boolean }>().create({
  revision: count().range([0, 1_000_000]),
  agreed_paise: count().range([0, Number.MAX_SAFE_INTEGER]),
  lines: vine.record(vine.string().maxLength(60).nullable()),
  address: line(300).optional().requiredWhen(isDelivered),
  pin_code: pinCode().nullable().optional(),
  mobile: mobile(),
  note: line(300).nullable().optional(),
  slot: slotKey().nullable().optional(),
})
