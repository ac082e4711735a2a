import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { EncodedBody, HTML } from '#markup/encoded_body'
import { compressOnce, encodingsFor } from '#markup/encodings'
import { keepReady } from '#responses/ready_answers'

/** Smaller bodies fit into one packet anyway; larger ones are compressed while they are sent, by the server. */
const SMALLEST = 1024
const LARGEST = 512 * 1024

/** Pages leave compressed: kept ones as they were kept, others at once and in one piece. */
export default class EncodedBodiesMiddleware {
  async handle(ctx: HttpContext, next: NextFn) {
    await next()
    const { response } = ctx
    const [body] = response.content ?? []
    if (response.response.headersSent) return
    if (body instanceof EncodedBody) {
      const [encoding = null] = body.raw.length < SMALLEST ? [] : encodingsFor(ctx)
      this.#send(ctx, body.in(encoding), encoding, body.type)
      return keepReady(ctx, body)
    }
    const page = pageOf(ctx, body)
    if (page) this.#send(ctx, ...compressOnce(page, encodingsFor(ctx)))
  }

  #send({ response }: HttpContext, bytes: Buffer, encoding: string | null, type = HTML) {
    response.vary('Accept-Encoding')
    response.header('Content-Type', type)
    if (encoding) response.header('Content-Encoding', encoding)
    response.lazyBody.content = [bytes, false]
  }
}

function pageOf({ response }: HttpContext, body: unknown) {
  const isPage =
    typeof body === 'string'
      ? !response.getHeader('content-type') && body.trimStart().startsWith('<')
      : Buffer.isBuffer(body) && String(response.getHeader('content-type')).startsWith('text/html')
  if (!isPage) return null
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body as string)
  return bytes.length < SMALLEST || bytes.length > LARGEST ? null : bytes
}
