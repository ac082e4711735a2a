import vine from '@vinejs/vine'

/** Written out, for the description of the API carries it to languages that know no `\p{Cc}`. */
// eslint-disable-next-line no-control-regex
const WITHOUT_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/

/** A line of text for people: trimmed, without control characters, at most `length` characters. */
export const line = (length: number) =>
  vine.string().trim().maxLength(length).regex(WITHOUT_CONTROL_CHARACTERS)

/** Where a page of a list begins. */
export const listValidator = vine.create({ after: line(500).optional() })
