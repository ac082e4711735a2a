import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect, type AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export interface ProxyHabits {
  /** Headers added to a request or replaced in it. */
  headers?: Record<string, string>
  httpVersion?: '1.0' | '1.1'
}

/** A local reverse proxy for `target` that behaves like a certain product. */
export async function publish(target: string, habits: ProxyHabits) {
  const { hostname, port, host } = new URL(target)
  const server = createServer(async (request) => {
    const body = await buffer(request)
    const upstream = connect(Number(port), hostname)
    upstream.write(headOf(request, { host, ...habits.headers }, habits.httpVersion))
    upstream.write(body)
    upstream.on('error', () => request.socket.destroy())
    upstream.pipe(request.socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function headOf(request: IncomingMessage, own: IncomingHttpHeaders, httpVersion = '1.1') {
  const headers = { ...request.headers, ...own, connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `${request.method} ${request.url} HTTP/${httpVersion}\r\n${lines.join('')}\r\n`
}
