import { errors } from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { UnreadableFile } from '#csv/unreadable_file'

/** Says at the field why a list cannot be read; other errors are rethrown. */
export function unreadable(field: string, error: unknown, { i18n }: HttpContext) {
  if (!(error instanceof UnreadableFile)) throw error
  const message = i18n.t(`imports.${error.reason}`, error.values)
  return new errors.E_VALIDATION_ERROR([{ field, rule: error.reason, message }], { cause: error })
}
