import { Agent, request, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'

interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string
  signal?: AbortSignal
}

/** A request that is never answered fails its test instead of keeping it open. In milliseconds. */
const LONGEST = 60_000

/** One connection, over which requests are sent one after the other: they all reach the same process. */
export class KeptConnection {
  /** The client's port. */
  port: number | undefined
  #agent = new Agent({ keepAlive: true, maxSockets: 1 })

  constructor(private origin: string) {}

  async get(path: string, headers: Record<string, string> = {}) {
    return this.ask(path, { headers })
  }

  async ask(path: string, asked: Asked = {}) {
    const response = await this.open(path, { signal: AbortSignal.timeout(LONGEST), ...asked })
    const { statusCode: status, headers } = response
    return { status: status!, headers, text: await text(response) }
  }

  /** The response with its body still to come. */
  open(path: string, { method = 'GET', headers = {}, body, signal }: Asked = {}) {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const asked = request(new URL(path, this.origin), {
      ...{ method, headers, signal, agent: this.#agent },
    })
    asked.on('socket', (socket) => {
      const note = () => (this.port = socket.localPort)
      if (socket.connecting) socket.once('connect', note)
      else note()
    })
    asked.on('response', resolve)
    asked.on('error', reject)
    asked.end(body)
    return promise
  }

  close() {
    this.#agent.destroy()
  }
}
