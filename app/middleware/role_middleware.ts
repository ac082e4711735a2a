import { WrongRole } from '#exceptions/wrong_role'
import type { Role } from '#models/user'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const NAMES = { customer: 'customers', shopowner: 'shop owners' }

/** Restricts an API route to one role. */
export default class RoleMiddleware {
  handle({ auth }: HttpContext, next: NextFn, { only, to }: { only: Role; to: string }) {
    if (auth.user!.role !== only) throw new WrongRole(`Only ${NAMES[only]} can ${to}`)
    return next()
  }
}
