import { Exception } from '@adonisjs/core/exceptions'

export type Allowed = 'shops' | 'products' | 'addresses'

export class AllowanceReached extends Exception {
  static code = 'E_ALLOWANCE_REACHED'
  static status = 409

  constructor(
    readonly what: Allowed,
    readonly most: number
  ) {
    super(`An owner has at most ${most} ${what}`)
  }
}
