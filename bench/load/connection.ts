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

/** A keep-alive connection with one request at a time: far cheaper than a general HTTP client. */
export class Connection {
  #received = EMPTY
  #waiting: PromiseWithResolvers<Answer> | null = null

  private constructor(private socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.#receive(chunk))
    socket.on('error', (error) => this.#waiting?.reject(error))
    socket.on('close', () => this.#waiting?.reject(new Error('The server closed the connection')))
  }

  static async open({ hostname, port }: URL) {
    const socket = connect(Number(port), hostname)
    await once(socket, 'connect')
    return new Connection(socket)
  }

  /** @param request head and body as bytes, see `requestOf` */
  ask(request: Buffer | string): Promise<Answer> {
    this.#waiting = Promise.withResolvers()
    this.socket.write(request)
    return this.#waiting.promise
  }

  close() {
    this.#waiting = null
    this.socket.destroy()
  }

  #receive(chunk: Buffer) {
    this.#received = this.#received.length > 0 ? Buffer.concat([this.#received, chunk]) : chunk
    const answer = read(this.#received)
    if (!answer) return
    this.#received = EMPTY
    this.#waiting?.resolve(answer)
  }
}

/** The bytes of a GET request. */
export function requestOf({ host, pathname, search }: URL, headers: Record<string, string> = {}) {
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`)
  return Buffer.from(`GET ${pathname}${search} HTTP/1.1\r\n${lines.join('\r\n')}${END_OF_HEAD}`)
}

/** Null while the response is incomplete. */
function read(received: Buffer): Answer | null {
  const end = received.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = received.toString('latin1', 0, end)
  const status = Number(head.slice(9, 12))
  const body = bodyOf(received, end + END_OF_HEAD.length, head, status)
  return body && { status, head, body }
}

function bodyOf(received: Buffer, from: number, head: string, status: number) {
  if (BODYLESS.includes(status)) return EMPTY
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)
  if (!length) return chunksOf(received, from)
  const to = from + Number(length[1])
  return received.length < to ? null : received.subarray(from, to)
}

function chunksOf(received: Buffer, from: number) {
  const chunks: Buffer[] = []
  for (let at = from; ;) {
    const line = received.indexOf('\r\n', at)
    if (line < 0) return null
    const size = Number.parseInt(received.toString('latin1', at, line), 16)
    const end = line + 2 + size
    if (received.length < end + 2) return null
    if (size === 0) return Buffer.concat(chunks)
    chunks.push(received.subarray(line + 2, end))
    at = end + 2
  }
}
