import vine from '@vinejs/vine'
import { GST_TABLES } from '#bills/gst_tables'
import { LOCALES } from '#locale/chosen_locale'

const month = () => vine.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)

export const billPdfValidator = vine.create({ lang: vine.enum(LOCALES).optional() })

export const monthValidator = vine.create({ month: month().optional() })

export const gstTableValidator = vine.create({ month: month(), table: vine.enum(GST_TABLES) })
