import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { HOST } from './settings.ts'

// Below the ports that systems hand out to outgoing connections, so that a port is still free
// at the next start.
const LOWEST = 20_000
const HIGHEST = 30_000
const ATTEMPTS = 100

/**
 * A port of 127.0.0.1 that nobody listens on: `preferred` when it is free, else any.
 *
 * @param taken ports that are not to be used
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
