import vine from '@vinejs/vine'

/** Pasted text, or what the preview was made of. */
export const productImportValidator = vine.create({
  csv: vine.string().maxLength(1_000_000).nullable().optional(),
  /** What the preview showed. */
  shown: vine.string().maxLength(100).nullable().optional(),
})
