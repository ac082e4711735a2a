import vine from '@vinejs/vine'
import { CATEGORIES } from '#models/category'
import { line } from '#validators/text'

/** Query of a shop's page: a search in the shop, one of its categories, or what the customer bought there before. */
export const shopPageValidator = vine.create({
  q: line(120).optional(),
  category: vine.enum(CATEGORIES).optional(),
  bought: vine.accepted().optional(),
  after: line(500).optional(),
})
