import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface Answer {
  status: number
  /** Status line and headers. */
  head: string
  /** As sent, possibly compressed. */
  body: Buffer
}

const EMPTY: Buffer = Buffer.alloc(0)
const END_OF_HEAD = '\r\n\r\n'
const BODYLESS = [204, 304]

/**
 * A keep-alive connection, far cheaper than a general HTTP client. What is asked before an answer has come is pipelined:
 * the server answers in the same order.
 */
export class Connection {
  #received = EMPTY
  #waiting: PromiseWithResolvers<Answer>[] = []
  #error: Error | null = null

  private constructor(private socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#receive(chunk))
    socket.on('error', (error) => this.#end(error))
    socket.on('close', () => this.#end(new Error('The server closed the connection')))
  }

  /** @throws Error when nobody listens */
  static async open({ hostname, port }: URL) {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    return new Connection(socket)
  }

  /** Whether it can be asked no more. */
  get isClosed() {
    return this.#error !== null
  }

  /**
   * @param request head and body as bytes, see `requestOf`
   * @throws Error when the connection ends before the answer is complete
   */
  ask(request: Buffer | string): Promise<Answer> {
    if (this.#error) return Promise.reject(this.#error)
    const waiting = Promise.withResolvers<Answer>()
    this.#waiting.push(waiting)
    // What is asked in the same turn is one packet.
    if (this.socket.writableCorked === 0) {
      this.socket.cork()
      process.nextTick(() => this.socket.uncork())
    }
    this.socket.write(request)
    return waiting.promise
  }

  close() {
    this.#waiting = []
    this.socket.destroy()
  }

  #end(error: Error) {
    this.#error ??= error
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
  }

  #receive(chunk: Buffer) {
    const received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk
    let at = 0
    for (let next = read(received, at); next; next = read(received, at)) {
      at = next.end
      this.#waiting.shift()?.resolve(next.answer)
    }
    this.#received = received.subarray(at)
  }
}

/** The bytes of a request, by default a GET without a body. */
export function requestOf(
  { host, pathname, search }: URL,
  headers: Record<string, string> = {},
  { method = 'GET', body = '' } = {}
) {
  const length = body ? { 'content-length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ host, ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}`
  )
  const head = `${method} ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}`
  return Buffer.from(head + END_OF_HEAD + body)
}

interface Read {
  answer: Answer
  /** Where the next one begins. */
  end: number
}

/** Null while the response that begins there is incomplete. */
function read(received: Buffer, at: number): Read | null {
  const end = received.indexOf(END_OF_HEAD, at)
  if (end < 0) return null
  const head = received.toString('latin1', at, end)
  const status = Number(head.slice(9, 12))
  const found = bodyOf(received, end + END_OF_HEAD.length, head, status)
  return found && { answer: { status, head, body: found.body }, end: found.end }
}

function bodyOf(received: Buffer, from: number, head: string, status: number) {
  if (BODYLESS.includes(status)) return { body: EMPTY, end: from }
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (!length) return chunksOf(received, from)
  const end = from + Number(length[1])
  return received.length < end ? null : { body: received.subarray(from, end), end }
}

function chunksOf(received: Buffer, from: number) {
  const chunks: Buffer[] = []
  for (let at = from; ;) {
    const line = received.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(received.toString('latin1', at, line), 16)
    const end = line + 2 + size
    if (received.length < end + 2) return null
    if (size === 0) return { body: Buffer.concat(chunks), end: end + 2 }
    chunks.push(received.subarray(line + 2, end))
    at = end + 2
  }
}
