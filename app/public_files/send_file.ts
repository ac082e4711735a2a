import type { IncomingMessage, ServerResponse } from 'node:http'
import { acceptedEncoding } from '#public_files/accepted_encoding'
import type { PublicFile } from '#public_files/public_file'

const YEAR = 365 * 24 * 60 * 60

/** Only the address with the current hash may be kept: another one could belong to another version. */
const FOREVER = `public, max-age=${YEAR}, immutable`
const ASK_AGAIN = 'public, no-cache'

/** Sends a file in the encoding that the client prefers, or 304 when it has it. */
export async function sendFile(
  file: PublicFile,
  { url, method, headers }: IncomingMessage,
  response: ServerResponse
) {
  const encoding = file.isText ? acceptedEncoding(headers['accept-encoding']) : null
  const etag = `"${file.hash}${encoding ? `-${encoding}` : ''}"`
  const isCurrent = new URLSearchParams(url!.split('?')[1]).get('v') === file.hash
  response.setHeader('Cache-Control', isCurrent ? FOREVER : ASK_AGAIN)
  response.setHeader('ETag', etag)
  response.setHeader('Vary', 'Accept-Encoding')
  if (has(headers['if-none-match'], etag)) {
    response.statusCode = 304
    return response.end()
  }
  const body = await file.encoded(encoding)
  response.setHeader('Content-Type', file.type)
  response.setHeader('Content-Length', body.length)
  if (encoding) response.setHeader('Content-Encoding', encoding)
  response.end(method === 'HEAD' ? undefined : body)
}

function has(known: string | undefined, etag: string) {
  return (
    known !== undefined && known.split(',').some((tag) => tag.trim().replace('W/', '') === etag)
  )
}
