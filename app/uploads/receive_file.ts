import { Exception } from '@adonisjs/core/exceptions'
import { trimmed } from '#middleware/trim_fields_middleware'
import { UploadBroken } from '#uploads/upload_broken'
import type { HttpContext } from '@adonisjs/core/http'

/** Of everything that is sent: a file of 1 MB, the fields beside it, and what stands between them. */
const MOST_BYTES = 1_100_000
const MOST_FIELDS = 20
const MOST_FILES = 1
/** Less than a request may hold its session's turn. */
const LONGEST = 20_000

const gone = () => new UploadBroken('Its sender went away', 400)
const tooLarge = () =>
  new Exception('More than may be uploaded', { status: 413, code: 'E_REQUEST_ENTITY_TOO_LARGE' })

/**
 * Reads a form and the file that may come with it. Nothing else reads such a body, so call it after login, role and
 * owner were checked. The file is small and is kept in memory alone. @throws UploadBroken
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
    /** The rest of it is not waited for. */
    response.header('Connection', 'close')
    throw cause instanceof Exception ? cause : new UploadBroken('It is not whole', 400, { cause })
  } finally {
    clearTimeout(timer)
    incoming.off('data', count).off('close', leave)
  }
  request.updateBody(trimmed(request.body()))
  return files > 0 ? Buffer.concat(chunks) : null
}
