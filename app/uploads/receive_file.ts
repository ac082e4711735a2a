import { Exception } from '@adonisjs/core/exceptions'
import { trimmed } from '#middleware/trim_fields_middleware'
import { UploadBroken } from '#uploads/upload_broken'
import type { HttpContext } from '@adonisjs/core/http'

/** Limit of the whole request: a 1 MB file, other fields and multipart overhead. */
const MOST_BYTES = 1_100_000
const MOST_FIELDS = 20
const MOST_FILES = 1
/** Upload timeout in milliseconds; below the time a request may hold its session's lock. */
const LONGEST = 20_000

const gone = () => new UploadBroken('Its sender went away', 400)
const tooLarge = () =>
  new Exception('The upload is too large', { status: 413, code: 'E_REQUEST_ENTITY_TOO_LARGE' })

/**
 * Reads a multipart form and its optional file into memory. Call it after authentication and authorisation:
 * nothing else reads such a body. @throws UploadBroken
 */
export async function receiveFile({ request, response }: HttpContext): Promise<Buffer | null> {
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
  const timer = setTimeout(() => fail(new UploadBroken('It took too long', 408)), LONGEST)
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST_BYTES) fail(tooLarge())
  }
  const leave = () => incoming.complete || fail(gone())
  try {
    const received = multipart.process({ maxFields: MOST_FIELDS })
    incoming.on('data', count).once('close', leave)
    await received
  } catch (cause) {
    failed = true
    chunks.length = 0
    /** The rest of the body is not read. */
    response.header('Connection', 'close')
    throw cause instanceof Exception ? cause : new UploadBroken('It is not whole', 400, { cause })
  } finally {
    clearTimeout(timer)
    incoming.off('data', count).off('close', leave)
  }
  request.updateBody(trimmed(request.body()))
  return files > 0 ? Buffer.concat(chunks) : null
}
