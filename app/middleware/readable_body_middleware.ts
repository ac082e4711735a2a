import app from '@adonisjs/core/services/app'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import { TooManyFields } from '#exceptions/too_many_fields'
import { UnreadableBody } from '#exceptions/unreadable_body'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const parser = await app.container.make(BodyParserMiddleware)

/** No valid input is nested more than three levels. */
const DEEPEST = 20

/** zlib errors of data that is corrupt, truncated or in another format. */
const NOT_COMPRESSED = /^(Z_|ERR_?_ERROR_)/

/**
 * Parses the body. Unreadable or too deeply nested bodies are client errors; deep nesting would overflow the
 * stack.
 */
export default class ReadableBodyMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    let isRead = false
    try {
      await parser.handle(ctx, async () => {
        isRead = true
        if (!isPlain(ctx.request.body())) throw new UnreadableBody()
        await next()
      })
    } catch (cause) {
      if (isRead || !isUnreadable(cause)) throw cause
      throw isTooMuch(cause)
        ? new TooManyFields(undefined, { cause })
        : new UnreadableBody(undefined, { cause })
    }
  }
}

/**
 * Rejects deep nesting, and fields that shadow an object's methods, such as `toString`. Iterative, because
 * recursion would overflow the stack too.
 */
function isPlain(body: unknown) {
  let level = [body]
  for (let depth = 0; level.length > 0; depth++) {
    const objects = level.filter((item) => item !== null && typeof item === 'object')
    const names = objects.flatMap((item) =>
      Array.isArray(item) ? [] : Object.keys(item as object)
    )
    if (depth > DEEPEST || names.some((name) => name in Object.prototype)) return false
    level = objects.flatMap((item) => Object.values(item as object))
  }
  return true
}

/** What qs says of more fields than `config/bodyparser.ts` allows. */
function isTooMuch(error: unknown) {
  return error instanceof RangeError && error.message.includes('limit exceeded')
}

function isUnreadable(error: unknown) {
  const { code = '' } = error as NodeJS.ErrnoException
  return error instanceof RangeError || NOT_COMPRESSED.test(code)
}
