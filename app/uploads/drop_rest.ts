import type { IncomingMessage } from 'node:http'

const MOST_BYTES = 30_000_000

/** Reads what is still coming and drops it: browsers show an answer only when they could send everything. */
export async function dropRest(incoming: IncomingMessage, milliseconds: number) {
  if (incoming.complete || incoming.destroyed) return
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, milliseconds)
  let bytes = 0
  const count = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MOST_BYTES) resolve()
  }
  incoming.on('data', count).once('end', resolve).once('close', resolve).resume()
  await promise
  clearTimeout(timer)
  incoming.off('data', count)
}
