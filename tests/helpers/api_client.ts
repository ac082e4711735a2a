import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import router from '@adonisjs/core/services/router'
import { describeApi } from '#api/openapi'
import type User from '#models/user'
import { PASSWORD } from '#tests/helpers/factories'

interface Answer {
  status: number
  headers: Headers
  body: any
}

interface Options {
  json?: unknown
  form?: Record<string, string>
  text?: string
  headers?: Record<string, string>
  origin?: string
}

/**
 * An API client that validates every response against the OpenAPI description: an undescribed status or field is
 * an error.
 */
export class ApiClient {
  constructor(public token: string | null = null) {}

  /** A client with a new token for this user. */
  static async of(user: User) {
    const form = { username: user.username, password: PASSWORD }
    const { status, body } = await new ApiClient().post('/api/token', { form })
    if (status !== 200) throw new Error(`No token: ${status}`)
    return new ApiClient(body.access_token)
  }

  get(path: string, options?: Options) {
    return this.request('GET', path, options)
  }

  post(path: string, options?: Options) {
    return this.request('POST', path, options)
  }

  put(path: string, json: unknown, headers?: Options['headers']) {
    return this.request('PUT', path, { json, headers })
  }

  patch(path: string, json: unknown, headers?: Options['headers']) {
    return this.request('PATCH', path, { json, headers })
  }

  delete(path: string) {
    return this.request('DELETE', path)
  }

  async request(method: string, path: string, options: Options = {}): Promise<Answer> {
    const { json, form, text: raw, origin = `http://127.0.0.1:${process.env.PORT}` } = options
    const response = await fetch(new URL(path, origin), {
      method,
      body: form ? new URLSearchParams(form) : (raw ?? JSON.stringify(json)),
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...options.headers,
      },
    })
    const text = await response.text()
    const body = text === '' ? null : JSON.parse(text)
    const answer = { status: response.status, headers: response.headers, body }
    assertDescribed(method, new URL(path, origin).pathname, answer)
    return answer
  }
}

function description() {
  const ajv = addFormats.default(new Ajv2020({ strict: false }))
  const document = describeApi(router.toJSON().root)
  ajv.addSchema(document as object, 'api')
  return { ajv, document: document as any }
}

let described: ReturnType<typeof description> | undefined

export function assertDescribed(method: string, path: string, { status, headers, body }: Answer) {
  const { ajv, document } = (described ??= description())
  const plainFirst = Object.keys(document.paths).toSorted(
    (one, other) => Number(one.includes('{')) - Number(other.includes('{'))
  )
  const pattern = plainFirst.find((candidate) =>
    new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path)
  )
  const operation = pattern && document.paths[pattern][method.toLowerCase()]
  if (!operation) return
  const what = `${method.toLowerCase()} ${pattern} ${status}`
  const response = operation.responses[status]
  if (!response) throw new Error(`Not described: ${what}`)
  const type = headers.get('content-type')?.split(';')[0]
  if (Object.keys(response.content ?? {})[0] !== (type ?? undefined)) {
    throw new Error(`Not described: ${what} as ${type}`)
  }
  if (!type) return
  const pointer = [pattern, method.toLowerCase(), 'responses', status, 'content', type, 'schema']
  const reference = pointer.map((part) =>
    encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))
  )
  const validate = ajv.getSchema(`api#/paths/${reference.join('/')}`)!
  if (!validate(body)) throw new Error(`${what}: ${ajv.errorsText(validate.errors)}`)
}
