import { errors } from '@vinejs/vine'

/**
 * The values of a form that are read one by one.
 *
 * @throws E_VALIDATION_ERROR at all fields that cannot be read
 */
export async function allRead<Read extends readonly unknown[]>(reads: {
  [Key in keyof Read]: Promise<Read[Key]>
}): Promise<Read> {
  const settled = await Promise.allSettled(reads)
  const failures = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  for (const error of failures) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
  }
  if (failures.length > 0) {
    throw new errors.E_VALIDATION_ERROR(failures.flatMap(({ messages }) => messages))
  }
  return Promise.all(reads) as Promise<unknown> as Promise<Read>
}
