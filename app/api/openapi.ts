import type { RouteJSON } from '@adonisjs/core/types/http'
import { SCHEMAS } from '#api/named_schemas'
import type { AnswerSchema, Operation } from '#api/operation'
import { operationOf } from '#api/operations'
import { problemSchema, PROBLEM_TYPE, PROBLEMS } from '#api/problem_schema'
import { schemaOf, type JsonSchema } from '#api/json_schema'

const PROBLEM = { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } }

/**
 * The OpenAPI 3.1 description, generated from routes, validators and response schemas.
 *
 * @throws Error when a route has no operation
 */
export function describeApi(routes: RouteJSON[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes.filter(({ name }) => name?.startsWith('api.'))) {
    const operation = operationOf(route.name)
    if (!operation) throw new Error(`The route ${route.name} has no operation`)
    const path = route.pattern.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [methodOf(route)]: describeOperation(route, operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kirana Ghar',
      version: '1',
      description:
        'Shops, products and orders of Kirana Ghar. Paths may end in a slash. A token that has written ' +
        'data never reads anything older than that write.\n\n' +
        '`price`, `quantity` and `stock` are for the price unit of a product: a pack, or 1 kg, l, m or dozen of ' +
        'loose goods, of which they take decimals. The `base_` fields are whole: packs, or g, ml, cm or pieces. A line costs price × ' +
        'quantity, rounded half up to the paisa, once; totals are sums of lines.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'oauth2', flows: { password: { tokenUrl: '/api/token', scopes: {} } } },
      },
      schemas: {
        ...Object.fromEntries(
          [...SCHEMAS].map(([schema, name]) => [name, schemaOf(schema, 'answer')])
        ),
        Problem: schemaOf(problemSchema, 'answer'),
      },
    },
  }
}

export const methodOf = ({ methods }: RouteJSON) =>
  methods.find((method) => method !== 'HEAD')!.toLowerCase()

function describeOperation(route: RouteJSON, operation: Operation) {
  const { summary, description, body, query, answer, problems = {} } = operation
  const params = [...route.pattern.matchAll(/:(\w+)/g)].map(([, name]) => name)
  const uses = middlewareOf(route)
  const statuses: Record<string, string> = { ...problems }
  const add = (...numbers: number[]) => {
    for (const status of numbers) statuses[status] ??= PROBLEMS[status]
  }
  add(406, 503)
  if (uses.includes('token')) add(401, 403)
  if (params.length > 0) add(400, 404)
  if (methodOf(route) !== 'get') add(400, 413)
  if (body) add(415)
  if (body || query) add(operation.invalid ?? 422)
  if (uses.some((name) => /throttle/i.test(name))) add(429)
  return {
    operationId: route.name,
    tags: [route.name!.split('.')[1]],
    summary,
    description,
    security: uses.includes('token') ? [{ token: [] }] : [],
    parameters: [
      ...params.map(pathParameter),
      ...queryParameters(query),
      ...headerParameters(operation.headers),
    ],
    requestBody: body && {
      required: true,
      content: Object.fromEntries(
        body.types.map((type) => [
          type,
          { schema: schemaOf(body.validator, 'body'), example: body.example },
        ])
      ),
    },
    responses: {
      [answer.status]: describeAnswer(answer),
      ...(methodOf(route) === 'get' && { 304: { description: 'Not modified' } }),
      ...Object.fromEntries(
        Object.entries(statuses).map(([status, text]) => [
          status,
          { description: text, content: PROBLEM },
        ])
      ),
    },
  }
}

function describeAnswer({ description, schema, paged, tagged }: Operation['answer']) {
  const link = {
    description: 'Links to the first and the next page',
    schema: { type: 'string' },
  }
  const etag = { description: 'For `If-None-Match` and `If-Match`', schema: { type: 'string' } }
  const headers = { ...(paged && { Link: link }), ...(tagged && { ETag: etag }) }
  return {
    description,
    headers: paged || tagged ? headers : undefined,
    content: schema && { 'application/json': { schema: answerSchema(schema) } },
  }
}

function answerSchema(schema: AnswerSchema): JsonSchema {
  if ('list' in schema) return { type: 'array', items: reference(schema.list) }
  if ('count' in schema) {
    return {
      type: 'object',
      properties: {
        count: { type: 'integer' },
        results: { type: 'array', items: { anyOf: schema.count.map(reference) } },
      },
      required: ['count', 'results'],
      additionalProperties: false,
    }
  }
  return reference(schema)
}

function reference(schema: Parameters<typeof schemaOf>[0]): JsonSchema {
  const name = SCHEMAS.get(schema)
  if (!name) throw new Error('A response schema has no name')
  return { $ref: `#/components/schemas/${name}` }
}

function pathParameter(name: string) {
  return { name, in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
}

function queryParameters(query: Operation['query']) {
  if (!query) return []
  const { properties = {}, required = [] } = schemaOf(query, 'query')
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

function headerParameters(headers: Operation['headers'] = {}) {
  const schema = { type: 'string', minLength: 1, maxLength: 200, pattern: '^[!-~]+$' }
  return Object.entries(headers).map(([name, description]) => {
    return { name, in: 'header', required: false, description, schema }
  })
}

function middlewareOf({ middleware }: RouteJSON): string[] {
  return [...middleware.all()].map((entry) => String((entry as { name?: string }).name ?? ''))
}
