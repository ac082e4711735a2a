import type { VineValidator } from '@vinejs/vine'

export interface JsonSchema {
  [keyword: string]: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
}

/** Where a value of the schema is: in the body of a request, in its query string, or in an answer. */
type Place = 'body' | 'query' | 'answer'

/** What is as good as leaving it out. */
const NOTHING = { body: [null, ''], query: [''] }

/**
 * The JSON schema of a validator. Requests may carry more than is asked for, which is ignored, and nothing
 * for what may be left out; answers carry all that they promise, null where there is nothing, and nothing else.
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
    schema.properties[name] = { anyOf: [property, { enum: NOTHING[place] }] }
  }
  return schema
}
