import { errors } from '@vinejs/vine'
import type { DatabaseError } from 'pg'
import type { HttpContext } from '@adonisjs/core/http'

const UNIQUE_VIOLATION = '23505'

/**
 * Runs a write whose unique constraints only the database can judge, since two requests may come at
 * once, and turns a violation into an error at the field that the constraint is about.
 *
 * @param fields constraint or unique index → field of the form
 * @throws E_VALIDATION_ERROR for these constraints; other errors pass
 */
export async function reportTaken<T>(
  fields: Record<string, string>,
  { i18n }: HttpContext,
  write: () => Promise<T>
): Promise<T> {
  try {
    return await write()
  } catch (error) {
    const { code, constraint } = error as DatabaseError
    const field = code === UNIQUE_VIOLATION ? fields[constraint ?? ''] : undefined
    if (!field) throw error
    const message = i18n.t(`validator.shared.messages.${field}.unique`)
    throw new errors.E_VALIDATION_ERROR([{ field, rule: 'unique', message }], { cause: error })
  }
}
