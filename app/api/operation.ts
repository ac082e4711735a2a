import type { VineValidator } from '@vinejs/vine'

export type Validator = VineValidator<any, any>

/** Schema of a response; `list` and `anyOf` take named schemas. */
export type AnswerSchema = Validator | { list: Validator } | { count: Validator[] }

/** The part of the description that routes and validators cannot supply. */
export interface Operation {
  summary: string
  description?: string
  query?: Validator
  /** `example` is what `/docs` proposes to send. */
  body?: { validator: Validator; types: string[]; example: Record<string, unknown> }
  /** Status for invalid input; 422 unless existing clients expect another. */
  invalid?: number
  /** Optional request headers and what they do. */
  headers?: Record<string, string>
  answer: {
    status: number
    description: string
    schema?: AnswerSchema
    paged?: boolean
    tagged?: boolean
  }
  /** Statuses specific to this operation. */
  problems?: Record<number, string>
}

/** By the name of the route. */
export type Operations = Record<string, Operation>
