import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { ROLES } from '#models/user'
import { characters, line } from '#validators/text'

const password = () => vine.string().use(characters({ min: 8, max: 128 }))

/** An Indian mobile number, with or without +91; stored as its ten digits. */
export const mobile = () =>
  vine
    .string()
    .regex(/^(\+?91[\s-]?|0)?[6-9]\d{4}[\s-]?\d{5}$/)
    .transform((text) => text.replace(/\D/g, '').slice(-10))

const account = <Password extends SchemaTypes>(secret: Password) => ({
  username: vine
    .string()
    .trim()
    .minLength(3)
    .maxLength(30)
    .regex(/^[A-Za-z0-9._-]+$/),
  password: secret,
  full_name: line(100).minLength(1),
  address: line(300).minLength(1),
  mobile: mobile(),
})

export const accountValidator = vine.create(
  account(password().confirmed({ confirmationField: 'password_confirmation' }))
)

/** An account as programs register it. */
export const registrationValidator = vine.create({
  ...account(password()),
  role: vine.enum(ROLES),
})

export const credentialsValidator = vine.create({
  username: vine
    .string()
    .trim()
    .use(characters({ min: 0, max: 100 })),
  password: vine.string().use(characters({ min: 0, max: 128 })),
})
