import vine from '@vinejs/vine'
import { CATEGORIES } from '#models/category'
import { line } from '#validators/text'

const filter = {
  category: vine.enum(CATEGORIES).optional(),
  changed: vine.boolean().optional(),
  out: vine.boolean().optional(),
}

/** Query of a list of prices. `whole` asks for long pages, for browsers that load none while they are scrolled. */
export const priceListValidator = vine.create({
  ...filter,
  after: line(500).optional(),
  whole: vine.boolean().optional(),
})

export const priceFilterValidator = vine.create(filter)
