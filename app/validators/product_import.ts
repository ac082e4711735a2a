import vine from '@vinejs/vine'

/** Pasted text, or the text of the preview. */
export const productImportValidator = vine.create({
  csv: vine.string().maxLength(1_000_000).nullable().optional(),
  /** Digest of the preview. */
  shown: vine.string().maxLength(100).nullable().optional(),
})
