import type { VineValidator } from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'

/**
 * For query strings of lists: an invalid URL shows the list unfiltered instead of an error. Returns an empty
 * object when anything in `data` is invalid.
 */
export async function lenient<Validator extends VineValidator<any, any>>(
  validator: Validator,
  data: unknown
): Promise<Partial<Infer<Validator>>> {
  const [errors, output] = await validator.tryValidate(data)
  return errors ? {} : output
}
