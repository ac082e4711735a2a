import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import type { FieldContext } from '@vinejs/vine/types'

/** Written out, for the description of the API carries them to languages with another `\s` and no `\p{Cc}`. */
const CONTROL = '\\u0000-\\u001f\\u007f-\\u009f'
const BLANK = ' \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff'
const TRIMMED = `[\\t-\\r${BLANK}]*`
const PRINTED = `[^${CONTROL}${BLANK}]`

interface Length {
  min: number
  max: number
}

const withoutControlCharacters = new RegExp(`^[^${CONTROL}]*$`)

/**
 * Between `min` and `max` characters without control characters. They are counted as JSON Schema and
 * PostgreSQL count them, where VineJS takes an emoji for two. The text is trimmed before, which in JSON Schema
 * only a pattern can say.
 */
const isLine = vine.createRule<Length>(checkText, {
  toJSONSchema: (schema, { min, max }) => {
    const rest = `[^${CONTROL}]{${Math.max(min - 2, 0)},${max - 2}}${PRINTED}`
    schema.pattern = `^${TRIMMED}${PRINTED}${min < 2 ? `(${rest})?` : rest}${TRIMMED}$`
    schema.description = `${min} to ${max} characters; blanks around them do not count`
  },
})

/** The same for text in which blanks count, wherever they are. */
export const isText = vine.createRule<Length>(checkText, {
  toJSONSchema: (schema, { min, max }) => {
    schema.pattern = `^[^${CONTROL}]{${min},${max}}$`
    schema.description = `${min} to ${max} characters`
  },
})

function checkText(value: unknown, { min, max }: Length, field: FieldContext) {
  const text = value as string
  const count = [...text].length
  if (count < min) return field.report(messages.minLength, 'minLength', field, { min })
  if (count > max) return field.report(messages.maxLength, 'maxLength', field, { max })
  if (!text.isWellFormed() || !withoutControlCharacters.test(text))
    field.report(messages.regex, 'regex', field)
}

/** A line of text for people: trimmed, without control characters, at most `max` characters. */
export const line = (max: number, min = 0) => vine.string().trim().use(isLine({ min, max }))

/** Where a page of a list begins. */
export const listValidator = vine.create({ after: line(500).optional() })
