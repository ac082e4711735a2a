import app from '@adonisjs/core/services/app'
import BodyParserMiddleware from '@adonisjs/core/bodyparser_middleware'
import { UnreadableBody } from '#exceptions/unreadable_body'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

const parser = await app.container.make(BodyParserMiddleware)

/** Nothing that is asked for is nested more than three times. */
const DEEPEST = 20

/** Of zlib, when something is compressed in another way than it says, or not to its end. */
const NOT_COMPRESSED = /^(Z_|ERR_?_ERROR_)/

/** Reads the body. What cannot be read is a mistake of who sent it, and nested too deeply it overflows the stack. */
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
      throw isRead || !isUnreadable(cause) ? cause : new UnreadableBody(undefined, { cause })
    }
  }
}

/**
 * Neither nested too deeply nor with a field that stands in for a method every object has, `toString` for instance.
 * Level by level, since a function that calls itself would overflow the stack as well.
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

function isUnreadable(error: unknown) {
  const { code = '' } = error as NodeJS.ErrnoException
  return error instanceof RangeError || NOT_COMPRESSED.test(code)
}
