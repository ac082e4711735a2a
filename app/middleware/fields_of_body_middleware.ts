import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const READS = ['GET', 'HEAD']

/** What is to be changed comes in the body; a field of the same name in the address would win over it. */
export default class FieldsOfBodyMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    if (!READS.includes(request.method())) request.updateQs({})
    return next()
  }
}
