import vine from '@vinejs/vine'

/** A path on this site: `//evil.example` is a different host, not a path. */
export const path = () =>
  vine
    .string()
    .maxLength(2_000)
    .regex(/^\/(?![/\\])[^\s\\\p{Cc}\p{Cs}]*$/u)

export const returnToValidator = vine.create({ return_to: path().optional() })
