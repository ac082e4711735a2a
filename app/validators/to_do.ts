import vine from '@vinejs/vine'
import { DETAILS } from '#models/missing_details'
import { line } from '#validators/text'

export const toDoValidator = vine.create({
  missing: vine.enum(DETAILS).optional(),
  after: line(500).optional(),
})
