import vine from '@vinejs/vine'
import { path } from '#validators/path'

export const languageValidator = vine.create({
  locale: vine.enum(['en', 'hi']),
  back: path(),
})
