/**
 * Bytes in memory of their own, for what is kept. Node cuts small buffers out of blocks of 64 KB that they share with
 * others, and the last of them keeps the whole block.
 */
export function ownBytes(bytes: Uint8Array | string): Buffer<ArrayBuffer> {
  const source = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  const own = Buffer.allocUnsafeSlow(source.length)
  own.set(source)
  return own
}

/** A text of its own, for what is kept. V8 makes a part of a text point to the whole, and a joined one to its parts. */
export function ownText(text: string): string {
  return Buffer.from(text).toString()
}
