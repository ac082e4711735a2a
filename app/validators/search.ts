import vine from '@vinejs/vine'
import { COUNTRIES } from '#locale/countries'
import { CATEGORIES } from '#models/category'
import { readPinCode } from '#numbers/pin_code'
import { plain } from '#numbers/plain'
import { NOT_STATED } from '#search/filters'
import { ORDERS, PRICE_BANDS } from '#search/search_engine'
import { clean } from '#text/clean'

/** Longer queries are cut off. */
const MOST_CHARACTERS = 200
const LONGEST_CITY = 80
const LONGEST_BRAND = 60

/** As many as the first view of the page has room for in its bytes; others follow when asked for. */
const FIRST_RESULTS = 16

const cut = (text: string) => [...clean(text)].slice(0, MOST_CHARACTERS).join('')
const isOneOf = (values: readonly string[]) => (value: string) => values.includes(value)

/** For query strings: invalid values are ignored, so an edited URL still shows results. */
const sensible = (isSensible: (value: string) => boolean, otherwise: string | null) => {
  return (value: unknown) => (typeof value === 'string' && isSensible(value) ? value : otherwise)
}

const words = () => {
  return vine.string().parse((value) => (typeof value === 'string' ? cut(value) : ''))
}

const name = (longest: number) => {
  return vine
    .string()
    .parse((value) => {
      const text = typeof value === 'string' ? clean(value) : ''
      return text !== '' && [...text].length <= longest && !/[\p{Cc}\p{Cs}]/u.test(text)
        ? text
        : null
    })
    .nullable()
}

export const searchValidator = vine.create({
  q: words(),
  type: vine
    .enum(['all', 'shop', 'product'] as const)
    .parse(sensible(isOneOf(['all', 'shop', 'product']), 'all')),
  city: name(LONGEST_CITY),
  pin: vine
    .string()
    .parse((value) => (typeof value === 'string' ? readPinCode(value) : null))
    .nullable(),
  /** What `pin` says instead of a PIN code, so that the page can say so. */
  wrongPin: vine
    .string()
    .parse((_, { parent: { pin } }) => {
      return typeof pin === 'string' && readPinCode(pin) === null ? cut(plain(pin)) || null : null
    })
    .nullable(),
  category: vine
    .enum(CATEGORIES)
    .parse(sensible(isOneOf(CATEGORIES), null))
    .nullable(),
  brand: name(LONGEST_BRAND),
  country: vine
    .string()
    .parse(sensible(isOneOf([...COUNTRIES, NOT_STATED]), null))
    .nullable(),
  /** The index of one of `PRICE_BANDS`. */
  price: vine
    .number()
    .parse((value) =>
      typeof value === 'string' && /^\d$/.test(value) && value in PRICE_BANDS ? value : null
    )
    .nullable(),
  stock: vine.boolean().parse((value) => value === '1'),
  order: vine
    .enum(ORDERS)
    .parse(sensible(isOneOf(ORDERS), null))
    .nullable(),
  size: vine.number().parse((value) => (value === '50' ? 50 : FIRST_RESULTS)),
})

export const suggestionValidator = vine.create({ q: words(), city: name(LONGEST_CITY) })
