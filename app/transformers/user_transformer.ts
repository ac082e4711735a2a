import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { ROLES } from '#models/user'
import type User from '#models/user'

export const userSchema = vine.create({
  username: vine.string(),
  role: vine.enum(ROLES),
  full_name: vine.string(),
  address: vine.string(),
  mobile: vine.string(),
})

export function transformUser(user: User): Infer<typeof userSchema> {
  const { username, role, fullName, address, mobile } = user
  return { username, role, full_name: fullName, address, mobile }
}
