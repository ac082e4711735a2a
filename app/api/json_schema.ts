import type { VineValidator } from '@vinejs/vine'

export interface JsonSchema {
  [keyword: string]: unknown
  properties?: Record<string, JsonSchema>
  required?: string[]
  items?: JsonSchema
}

/**
 * The JSON schema of a validator. Requests may carry more than is asked for, which is ignored; answers carry
 * all that they promise, null where there is nothing, and nothing else.
 */
export function schemaOf(validator: VineValidator<any, any>, side: 'request' | 'answer') {
  return adjusted(structuredClone(validator.toJSONSchema()) as JsonSchema, side)
}

function adjusted(schema: JsonSchema, side: 'request' | 'answer'): JsonSchema {
  if (schema.items) adjusted(schema.items, side)
  if (!schema.properties) return schema
  for (const property of Object.values(schema.properties)) adjusted(property, side)
  if (side === 'answer') schema.required = Object.keys(schema.properties)
  else delete schema.additionalProperties
  return schema
}
