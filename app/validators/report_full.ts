import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { AllowanceReached } from '#exceptions/allowance_reached'

/**
 * Runs a write that adds to what an owner has, and turns its refusal into an error at the field of the form.
 *
 * @throws E_VALIDATION_ERROR when the owner has as many as they may; other errors pass
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
