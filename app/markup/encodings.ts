import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { HttpContext } from '@adonisjs/core/http'
import type { Encoding } from '#markup/encoded_body'

/** As small as the usual level within a twenty-fifth, in two thirds of the time. */
const GZIP = { level: 4 }
/** Long lists of similar rows take a sixth of that time, and are no larger. */
const GZIP_LISTS = { level: 3 }
const LIST = 96 * 1024
const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY } = constants
const BROTLI = { params: { [BROTLI_PARAM_QUALITY]: 5, [BROTLI_PARAM_LGWIN]: 17 } }

/** Browsers send few different headers. */
const known = new LRUCache<string, Encoding[]>({ max: 100 })

/** The encodings that the client accepts, the smaller first. */
export function encodingsFor({ request }: HttpContext): Encoding[] {
  const header = request.header('accept-encoding') ?? ''
  const before = known.get(header)
  if (before) return before
  const accepted = header ? request.encodings() : []
  const encodings = (['br', 'gzip'] as const).filter((encoding) => accepted.includes(encoding))
  known.set(header, encodings)
  return encodings
}

/** Compresses what is sent once only. Gzip takes the least time. */
export function compressOnce(body: Buffer, encodings: Encoding[]): [Buffer, Encoding | null] {
  if (encodings.includes('gzip')) {
    return [gzipSync(body, body.length < LIST ? GZIP : GZIP_LISTS), 'gzip']
  }
  if (encodings.includes('br')) return [brotliCompressSync(body, BROTLI), 'br']
  return [body, null]
}
