import { errors } from '@vinejs/vine'

/** What a product cannot be, which no schema can say. */
export function refused(field: string, message: string) {
  return new errors.E_VALIDATION_ERROR([{ field, rule: 'goods', message }])
}
