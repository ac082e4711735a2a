import type { VineValidator } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'

/**
 * For the query string of a list: whoever edits the address gets the list without that filter,
 * not an error. Returns an empty object when anything in `data` is invalid.
 */
export async function lenient<Validator extends VineValidator<any, any>>(
  validator: Validator,
  data: unknown
): Promise<Partial<Infer<Validator>>> {
  const [errors, output] = await validator.tryValidate(data)
  return errors ? {} : output
}
