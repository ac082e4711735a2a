import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'

/** Written out, for the description of the API carries it to languages that know no `\p{Cc}`. */
// eslint-disable-next-line no-control-regex
const WITHOUT_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/

/**
 * Between `min` and `max` characters. They are counted as JSON Schema and PostgreSQL count them, where VineJS
 * takes an emoji for two.
 */
export const characters = vine.createRule<{ min: number; max: number }>(
  (value, { min, max }, field) => {
    const count = [...(value as string)].length
    if (count < min) field.report(messages.minLength, 'minLength', field, { min })
    if (count > max) field.report(messages.maxLength, 'maxLength', field, { max })
  },
  {
    toJSONSchema: (schema, { min, max }) => {
      if (min > 0) schema.minLength = min
      schema.maxLength = max
    },
  }
)

/** A line of text for people: trimmed, without control characters, at most `max` characters. */
export const line = (max: number) =>
  vine
    .string()
    .trim()
    .use(characters({ min: 0, max }))
    .regex(WITHOUT_CONTROL_CHARACTERS)

/** Where a page of a list begins. */
export const listValidator = vine.create({ after: line(500).optional() })
