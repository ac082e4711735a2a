import { errors } from '@vinejs/vine'
import type { DatabaseError } from 'pg'
import type { HttpContext } from '@adonisjs/core/http'

const UNIQUE_VIOLATION = '23505'

/**
 * Turns a violated unique constraint into an error at its form field. Only the database can check it, because
 * requests may run concurrently.
 *
 * @param fields constraint or unique index → form field
 * @throws E_VALIDATION_ERROR for these constraints; other errors are rethrown
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
