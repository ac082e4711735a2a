import vine from '@vinejs/vine'
import { LOCALES } from '#services/chosen_locale'
import { path } from '#validators/path'

export const languageValidator = vine.create({
  locale: vine.enum(LOCALES),
  back: path(),
})
