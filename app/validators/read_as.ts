import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'

interface Reading {
  /** What the text means, or null. */
  read: (text: string) => string | null
  /** What is accepted, for JSON Schema. */
  pattern?: string
}

/** Text becomes what it means; the message `regex` of the field says what can be typed. */
export const readAs = vine.createRule<Reading>(
  (value, { read }, field) => {
    const meant = read(value as string)
    if (meant === null) field.report(messages.regex, 'regex', field)
    else field.mutate(meant, field)
  },
  {
    toJSONSchema: (schema, { pattern }) => {
      if (pattern) schema.pattern = pattern
    },
  }
)
