import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { isCommon } from '#passwords/common_passwords'
import { isOfThisPlace } from '#passwords/context_words'
import { isReserved } from '#passwords/reserved_names'
import { ROLES } from '#models/user'
import { LOCALES } from '#locale/chosen_locale'
import { MOBILE, readMobile } from '#numbers/mobile'
import { readAs } from '#validators/read_as'
import { cleaned, isText, line } from '#validators/text'

/** Not too short, not the username, not common. Whitespace is significant. */
const isPassword = vine.createRule((value, _, field) => {
  const password = value as string
  const username = (field.parent as { username?: unknown }).username
  if (password.toLowerCase() === String(username).toLowerCase()) {
    return field.report('The {{ field }} must not be the username', 'notUsername', field)
  }
  if (isCommon(password) || isOfThisPlace(password))
    field.report('This {{ field }} is too common', 'common', field)
})

const password = () =>
  vine
    .string()
    .use(isText({ min: 8, max: 128 }))
    .use(isPassword())

const isFree = vine.createRule((value, _, field) => {
  if (isReserved(value as string)) field.report('This {{ field }} is taken', 'unique', field)
})

/** Indian mobile number, with or without +91; stored as ten digits. */
export const mobile = () =>
  vine.string().use(
    readAs({
      read: readMobile,
      pattern: MOBILE,
      description:
        'Ten digits, the first 6 to 9, in any Indian script; with or without +91, 0091 or 0, blanks, dashes, dots and ' +
        'brackets. Answers have the ten digits.',
    })
  )

const details = {
  full_name: line(100),
  address: line(300),
  mobile: mobile(),
}

const account = <Password extends SchemaTypes>(secret: Password) => ({
  username: cleaned()
    .minLength(3)
    .maxLength(30)
    .regex(/^[A-Za-z0-9._-]+$/)
    .use(isFree()),
  password: secret,
  ...details,
})

export const accountValidator = vine.create(
  account(password().confirmed({ confirmationField: 'password_confirmation' }))
)

/** Registration through the API. */
export const registrationValidator = vine.create({
  ...account(password()),
  role: vine.enum(ROLES),
})

export const detailsValidator = vine.create({ ...details, locale: vine.enum(LOCALES) })

/** The username is validated along for the rule that the password must differ. */
export const newPasswordValidator = vine.create({ password: password() })

export const passwordChangeValidator = vine.create({
  current_password: vine.string().use(isText({ min: 1, max: 128 })),
  password: password().confirmed({ confirmationField: 'password_confirmation' }),
})

export const credentialsValidator = vine.create({
  username: line(100),
  password: vine.string().use(isText({ min: 1, max: 128 })),
})
