import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { AllowanceReached } from '#exceptions/allowance_reached'

/**
 * Turns `AllowanceReached` into an error at a form field.
 *
 * @throws E_VALIDATION_ERROR when the owner has reached the limit; other errors are rethrown
 */
export async function reportFull<T>(
  field: string,
  { i18n }: HttpContext,
  write: () => Promise<T>
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof AllowanceReached)) throw error
    const message = i18n.t(`owner.most_${error.what}`, { n: i18n.formatNumber(error.most) })
    throw new errors.E_VALIDATION_ERROR([{ field, rule: 'allowance', message }], { cause: error })
  }
}
