import { once } from 'node:events'
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'

interface Asked {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: Buffer
  origin?: string
}

interface Answered {
  status: number
  headers: IncomingHttpHeaders
}

const ORIGIN = `http://127.0.0.1:${process.env.PORT}`
const LONGEST_ANSWER_HEAD = 128 * 1024

/** A request sent as it is, where `fetch` would normalise it. Returns the response's head. */
export function ask({ origin = ORIGIN, body, ...asked }: Asked) {
  return new Promise<Answered>((resolve, reject) => {
    const { hostname: host, port } = new URL(origin)
    const options = { host, port, maxHeaderSize: LONGEST_ANSWER_HEAD, ...asked }
    const sent = request(options, (answer) => {
      resolve({ status: answer.statusCode!, headers: answer.headers })
      if (String(answer.headers['content-type']).startsWith('text/event-stream')) answer.destroy()
      else answer.resume()
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Sends raw bytes and returns everything received until the server closes the connection. */
export async function say(text: string | Buffer, origin = ORIGIN) {
  const { hostname, port } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let answer = ''
  socket.on('data', (bytes) => (answer += bytes))
  socket.on('error', () => {})
  socket.write(text)
  await once(socket, 'close')
  return answer
}

/** A request whose answer is left as it came, compressed or not. */
export async function askForBytes({ origin = ORIGIN, ...asked }: Omit<Asked, 'body'>) {
  const { hostname: host, port } = new URL(origin)
  const sent = request({ host, port, ...asked }).end()
  const [answer] = (await once(sent, 'response')) as [IncomingMessage]
  const body = Buffer.concat(await answer.toArray())
  return { status: answer.statusCode!, headers: answer.headers, body }
}
