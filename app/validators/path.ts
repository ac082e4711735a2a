import vine from '@vinejs/vine'

/** A path of this site, never of another one: `//evil.example` is not a path. */
export const path = () =>
  vine
    .string()
    .maxLength(2_000)
    .regex(/^\/(?![/\\])[^\s\\\p{Cc}\p{Cs}]*$/u)

export const returnToValidator = vine.create({ return_to: path().optional() })
