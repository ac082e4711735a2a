import { createHash, hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Encoding } from '#public_files/accepted_encoding'
import { smallerCss } from '#public_files/smaller_css'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.png': 'image/png',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

/** The best quality takes 20 s for a megabyte, this one a second. */
const LARGE = 64 * 1024

const COMPRESS: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) =>
    promisify(brotliCompress)(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: bytes.length < LARGE ? 11 : 9,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 9 }),
}

/** A static file in memory, with its compressed forms, each made once. */
export class PublicFile {
  readonly type: string
  readonly bytes: Buffer
  /** Pictures are compressed already. */
  readonly isText: boolean
  /** Of the content: a new content gets a new address. */
  readonly hash: string
  /** Source of a content security policy that allows an element with this content. */
  readonly policyHash: string
  #encoded = new Map<Encoding, Promise<Buffer>>()

  constructor(source: string) {
    const extension = extname(source)
    const bytes = readFileSync(source)
    this.isText = extension !== '.png'
    this.type = TYPES[extension] ?? 'application/octet-stream'
    this.bytes = extension === '.css' ? Buffer.from(smallerCss(bytes.toString())) : bytes
    this.hash = createHash('sha256').update(this.bytes).digest('hex').slice(0, 10)
    this.policyHash = `'sha256-${hash('sha256', this.bytes, 'base64')}'`
  }

  encoded(encoding: Encoding | null): Promise<Buffer> {
    if (encoding === null || !this.isText) return Promise.resolve(this.bytes)
    const known = this.#encoded.get(encoding) ?? COMPRESS[encoding](this.bytes)
    this.#encoded.set(encoding, known)
    return known
  }
}
