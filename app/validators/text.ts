import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import type { FieldContext } from '@vinejs/vine/types'

/** Spelled out, because the OpenAPI document is used by languages with another `\s` and no `\p{Cc}`. */
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
 * `min` to `max` characters without control characters. Counted as code points, like JSON Schema and PostgreSQL;
 * VineJS counts an emoji as two. Trimming happens before; JSON Schema can express it only as a pattern.
 */
const isLine = vine.createRule<Length>(checkText, {
  toJSONSchema: (schema, { min, max }) => {
    const rest = `[^${CONTROL}]{${Math.max(min - 2, 0)},${max - 2}}${PRINTED}`
    schema.pattern = `^${TRIMMED}${PRINTED}${min < 2 ? `(${rest})?` : rest}${TRIMMED}$`
    schema.description = `${min} to ${max} characters, not counting surrounding whitespace`
  },
})

/** Text whose surrounding whitespace is significant. */
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

/** A trimmed line without control characters, of `min` to `max` characters. */
export const line = (max: number, min = 0) => vine.string().trim().use(isLine({ min, max }))

/** Cursor of a list page. */
export const listValidator = vine.create({ after: line(500).optional() })
