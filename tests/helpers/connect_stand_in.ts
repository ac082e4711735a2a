import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Answer {
  status?: number
  body?: unknown
}

/** A fake Kafka Connect with scripted responses, for failures that a real one rarely produces. */
export class ConnectStandIn {
  /** Requests received, as `PUT /connectors/x/config`. */
  readonly requests: string[] = []
  #answers = new Map<string, Answer[]>()

  private constructor(private server: Server) {}

  static async start(plugins: string[]) {
    const server = createServer((request, response) => {
      const line = `${request.method} ${request.url}`
      standIn.requests.push(line)
      const { status = 200, body = null } = standIn.#next(line)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    const standIn = new ConnectStandIn(server)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    standIn.answer('GET /connector-plugins', { body: plugins.map((name) => ({ class: name })) })
    return standIn
  }

  get url() {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  /** Scripts successive responses; the last one repeats. */
  answer(request: string, ...answers: Answer[]) {
    this.#answers.set(request, answers)
  }

  async stop() {
    this.server.closeAllConnections()
    this.server.close()
    await once(this.server, 'close')
  }

  #next(request: string): Answer {
    const answers = this.#answers.get(request) ?? [{ status: 404, body: { message: 'not found' } }]
    return answers.length > 1 ? answers.shift()! : answers[0]
  }
}
