import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { HOST } from './settings.ts'

// Below the ephemeral ports, so that a port is likely to be free at the next start.
const LOWEST = 20_000
const HIGHEST = 30_000
const ATTEMPTS = 100

/**
 * A free port of 127.0.0.1: `preferred` if possible.
 *
 * @param taken ports to exclude
 */
export async function findPort(preferred: number, taken: number[] = []): Promise<number> {
  if (preferred && !taken.includes(preferred) && (await isFree(preferred))) return preferred
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const port = randomInt(LOWEST, HIGHEST)
    if (!taken.includes(port) && (await isFree(port))) return port
  }
  throw new Error(`No free port between ${LOWEST} and ${HIGHEST} on ${HOST}`)
}

function isFree(port: number) {
  return new Promise<boolean>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ host: HOST, port, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
