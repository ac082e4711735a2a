import { LRUCache } from 'lru-cache'
import type { EncodedBody } from '#markup/encoded_body'

const BUDGET = 16 * 1024 * 1024

/** A body is kept uncompressed and, a third as large, compressed. */
const sizeOf = ({ raw }: EncodedBody) => Math.ceil(raw.byteLength * 1.4) + 200

const kept = new LRUCache<object, EncodedBody>({ maxSize: BUDGET, sizeCalculation: sizeOf })

/** The body made from this very object, which nobody changes. */
export function keptFor(source: object, make: () => EncodedBody) {
  const known = kept.get(source)
  if (known) return known
  const body = make()
  kept.set(source, body)
  return body
}
