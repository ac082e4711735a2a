import vine from '@vinejs/vine'

export const languageValidator = vine.create({
  locale: vine.enum(['en', 'hi']),
  /** A path of this site, never of another one: `//evil.example` is not a path. */
  back: vine
    .string()
    .maxLength(2_000)
    .regex(/^\/(?![/\\])[^\s\\]*$/),
})
