import vine from '@vinejs/vine'
import { LOCALES } from '#locale/chosen_locale'
import { LOCALE_FIELD } from '#locale/switch_language'
import { path } from '#validators/path'

export const languageValidator = vine.create({
  locale: vine.enum(LOCALES),
  back: path(),
})

export const switchValidator = vine.create({ [LOCALE_FIELD]: vine.enum(LOCALES) })
