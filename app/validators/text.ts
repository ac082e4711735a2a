import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'
import { BLANK, CONTROL, INVISIBLE, JOINER, SELECTOR } from '#text/characters'
import { clean } from '#text/clean'
import type { FieldContext } from '@vinejs/vine/types'

const UNSEEN = `${BLANK}${INVISIBLE}${JOINER}${SELECTOR}`
const SEEN = `[^${CONTROL}${UNSEEN}]`

interface Length {
  min: number
  max: number
}

/** JSON schema of a line that counts as none. */
export const NO_LINE = { type: 'string', pattern: `^[${UNSEEN}]*$` }

export function isLineSchema({ pattern }: Record<string, unknown>) {
  return String(pattern).startsWith(`^[${UNSEEN}]*${SEEN}`)
}

/**
 * At most `max` characters without control characters. Counted as code points, like JSON Schema and PostgreSQL;
 * VineJS counts an emoji as two. Cleaning happens before; JSON Schema can express only how it shortens the ends.
 */
const isLine = vine.createRule<Length>(checkText, {
  toJSONSchema: (schema, { max }) => {
    schema.pattern = `^[${UNSEEN}]*${SEEN}([^${CONTROL}]{0,${max - 2}}${SEEN})?[${UNSEEN}]*$`
    schema.description =
      `1 to ${max} characters. Stored as NFC, without invisible and direction-changing characters, with single ` +
      'spaces for whitespace of all kinds and none around; only what is then left counts.'
  },
})

/** Text whose surrounding whitespace is significant. */
export const isText = vine.createRule<Length>(checkText, {
  toJSONSchema: (schema, { min, max }) => {
    schema.pattern = `^[^\\u0000-\\u001f\\u007f-\\u009f]{${min},${max}}$`
    schema.description = `${min} to ${max} characters`
  },
})

function checkText(value: unknown, { min, max }: Length, field: FieldContext) {
  const text = value as string
  const count = [...text].length
  if (count < min) return field.report(messages.minLength, 'minLength', field, { min })
  if (count > max) return field.report(messages.maxLength, 'maxLength', field, { max })
  if (!text.isWellFormed() || /\p{Cc}/u.test(text)) field.report(messages.regex, 'regex', field)
}

/** Missing when nothing is left. */
export const cleanText = (value: unknown) => {
  return typeof value === 'string' ? clean(value) || null : value
}

/** Text that is cleaned; missing when nothing is left. */
export const cleaned = () => vine.string().parse(cleanText)

/** A cleaned line without control characters, of at most `max` characters. */
export const line = (max: number) => cleaned().use(isLine({ min: 1, max }))

/** Cursor of a list page. */
export const listValidator = vine.create({ after: line(500).optional() })
