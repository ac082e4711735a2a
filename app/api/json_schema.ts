import { isLineSchema, NO_LINE } from '#validators/text'
import type { VineValidator } from '@vinejs/vine'

export interface JsonSchema {
  [keyword: string]: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
}

/** Where the schema is used: request body, query string or response. */
type Place = 'body' | 'query' | 'answer'

/** Values treated as absent. */
const NOTHING = { body: [null, ''], query: [''] }

/**
 * The JSON schema of a validator. Requests may have unknown fields, which are ignored, and empty values for
 * optional fields. Responses have every field they promise, null when empty, and no others.
 */
export function schemaOf(validator: VineValidator<any, any>, place: Place) {
  return adjusted(structuredClone(validator.toJSONSchema()) as JsonSchema, place)
}

function adjusted(schema: JsonSchema, place: Place): JsonSchema {
  if (schema.items) adjusted(schema.items, place)
  if (!schema.properties) return schema
  for (const property of Object.values(schema.properties)) adjusted(property, place)
  if (place === 'answer') {
    schema.required = Object.keys(schema.properties)
    return schema
  }
  delete schema.additionalProperties
  for (const [name, property] of Object.entries(schema.properties)) {
    if (schema.required?.includes(name)) continue
    const nothing = [{ enum: NOTHING[place] }, ...(isLineSchema(property) ? [NO_LINE] : [])]
    schema.properties[name] = { anyOf: [property, ...nothing] }
  }
  return schema
}
