import vine from '@vinejs/vine'

/** A line of text for people: trimmed, without control characters, at most `length` characters. */
export const line = (length: number) =>
  vine
    .string()
    .trim()
    .maxLength(length)
    .regex(/^\P{Cc}*$/u)

/** Where a page of a list begins. */
export const listValidator = vine.create({ after: line(500).optional() })
