import { createHash } from 'node:crypto'
import { brotliCompress, brotliCompressSync, constants, gzipSync } from 'node:zlib'
import pLimit from 'p-limit'
import { ownBytes } from '#memory/own_memory'

export type Encoding = 'br' | 'gzip'

const { BROTLI_PARAM_LGWIN, BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = constants
export const HTML = 'text/html; charset=utf-8'

const QUICK = 5
const BEST = 11

/** The best compression takes tens of milliseconds on another thread; one at a time leaves the others to requests. */
const inTurn = pLimit(1)

/** A body that waits cannot be forgotten. Beyond this many, a body tries again when it is sent again. */
const MOST_WAITING = 10

/** A body that is sent many times and compressed once for each encoding. */
export class EncodedBody {
  #gzip: Buffer | null = null
  #brotli: Buffer | null = null
  #etag: string | null = null
  #improved: Promise<void> | null = null

  constructor(
    readonly raw: Buffer,
    readonly type = HTML
  ) {}

  /** Weak, because it is the same for every encoding. */
  get etag() {
    return (this.#etag ??= `W/"${createHash('sha256').update(this.raw).digest('base64url')}"`)
  }

  in(encoding: Encoding | null): Buffer {
    if (encoding === 'gzip') return (this.#gzip ??= ownBytes(gzipSync(this.raw)))
    return encoding === 'br' ? this.#inBrotli() : this.raw
  }

  /** Resolves when the best compression has replaced the quick one of the first time, unless too many wait. */
  async improve() {
    if (!this.#improved && inTurn.pendingCount >= MOST_WAITING) return
    this.#improved ??= inTurn(async () => {
      const best = Promise.withResolvers<Buffer>()
      brotliCompress(this.raw, options(this.raw, BEST), (error, bytes) => {
        if (error) best.reject(error)
        else best.resolve(ownBytes(bytes))
      })
      this.#brotli = await best.promise.catch(() => this.#brotli)
    })
    return this.#improved
  }

  #inBrotli() {
    if (this.#brotli) void this.improve()
    return (this.#brotli ??= ownBytes(brotliCompressSync(this.raw, options(this.raw, QUICK))))
  }
}

/** The window of the best compression takes memory, and a page is smaller than this one. */
const WINDOW = 18

function options({ byteLength }: Buffer, quality: number) {
  return {
    params: {
      [BROTLI_PARAM_QUALITY]: quality,
      [BROTLI_PARAM_LGWIN]: WINDOW,
      [BROTLI_PARAM_SIZE_HINT]: byteLength,
    },
  }
}
