import { Exception } from '@adonisjs/core/exceptions'
import { switchIfAsked } from '#forms/switch_if_asked'
import { trimmed } from '#middleware/trim_fields_middleware'
import { dropRest } from '#uploads/drop_rest'
import { UploadBroken } from '#uploads/upload_broken'
import type { HttpContext } from '@adonisjs/core/http'

/** Of a file. */
export const MOST_BYTES = 2_000_000
/** Of the whole request: a file, other fields and multipart overhead. */
const MOST_IN_ALL = MOST_BYTES + 100_000
const MOST_FIELDS = 20
const MOST_FILES = 1
/** Upload timeout in milliseconds; below the time a request may hold its session's lock. */
const LONGEST = 20_000

const gone = () => new UploadBroken('Its sender went away', 400)
const TOO_LARGE = 'E_REQUEST_ENTITY_TOO_LARGE'
const tooLarge = () => new Exception('The upload is too large', { status: 413, code: TOO_LARGE })

export const isTooLarge = (error: unknown): error is Exception =>
  error instanceof Exception && error.code === TOO_LARGE

/**
 * Reads a multipart form and its optional file into memory. Call it after authentication and authorisation:
 * nothing else reads such a body. @throws UploadBroken
 */
export async function receiveFile(
  ctx: HttpContext,
  maxFields = MOST_FIELDS
): Promise<Buffer | null> {
  const { request, response } = ctx
  const { multipart } = request
  if (!multipart) return null
  const incoming = request.request
  if (incoming.destroyed) throw gone()
  const chunks: Buffer[] = []
  let bytes = 0
  let files = 0
  let failed = false
  const fail = (error: Exception) => {
    if (failed) return
    failed = true
    chunks.length = 0
    multipart.abort(error)
  }
  multipart.onFile('*', { deferValidations: true }, async (part) => {
    if (++files > MOST_FILES) fail(tooLarge())
    part.on('error', () => {})
    part.on('data', (chunk: Buffer) => {
      if (!failed) chunks.push(chunk)
    })
    await new Promise((resolve) => part.once('end', resolve).once('close', resolve))
  })
  const began = Date.now()
  const timer = setTimeout(() => fail(new UploadBroken('It took too long', 408)), LONGEST)
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST_IN_ALL) fail(tooLarge())
  }
  const leave = () => incoming.complete || fail(gone())
  try {
    const received = multipart.process({ maxFields })
    incoming.on('data', count).once('close', leave)
    await received
  } catch (cause) {
    failed = true
    chunks.length = 0
    if (isTooLarge(cause)) await dropRest(incoming, LONGEST - (Date.now() - began))
    /** The rest of the body is not read. */
    response.header('Connection', 'close')
    throw cause instanceof Exception ? cause : new UploadBroken('It is not whole', 400, { cause })
  } finally {
    clearTimeout(timer)
    incoming.off('data', count).off('close', leave)
  }
  request.updateBody(trimmed(request.body()))
  await switchIfAsked(ctx)
  return files > 0 ? Buffer.concat(chunks) : null
}
