import vine from '@vinejs/vine'
import type { SchemaTypes } from '@vinejs/vine/types'
import { ROLES } from '#models/user'
import { line } from '#validators/text'

const password = () => line(128, 8)

/** An Indian mobile number, with or without +91; stored as its ten digits. */
export const mobile = () =>
  vine
    .string()
    .regex(/^(\+?91[\s-]?|0)?[6-9][0-9]{4}[\s-]?[0-9]{5}$/)
    .transform((text) => text.replace(/\D/g, '').slice(-10))

const account = <Password extends SchemaTypes>(secret: Password) => ({
  username: vine
    .string()
    .minLength(3)
    .maxLength(30)
    .regex(/^[A-Za-z0-9._-]+$/),
  password: secret,
  full_name: line(100, 1),
  address: line(300, 1),
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
  username: line(100, 1),
  password: line(128, 1),
})
