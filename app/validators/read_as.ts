import vine from '@vinejs/vine'
import { messages } from '@vinejs/vine/defaults'

interface Reading {
  /** What the text means, or null. */
  read: (text: string) => string | null
  /** What is accepted, for JSON Schema: with VineJS's own `meta`, null would pass for a text. */
  pattern?: string
  description?: string
}

/** Text becomes what it means; the message `regex` of the field says what can be typed. */
export const readAs = vine.createRule<Reading>(
  (value, { read }, field) => {
    const meant = read(value as string)
    if (meant === null) field.report(messages.regex, 'regex', field)
    else field.mutate(meant, field)
  },
  {
    toJSONSchema: (schema, { pattern, description }) => {
      Object.assign(schema, { pattern, description })
    },
  }
)
