import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import getPort from 'get-port'

/** A TCP proxy that tests can cut. */
export class TcpProxy {
  #server: Server
  #sockets = new Set<Socket>()

  private constructor(
    target: URL,
    readonly port: number
  ) {
    this.#server = createServer((socket) => {
      const upstream = connect(Number(target.port), target.hostname)
      for (const [one, other] of [
        [socket, upstream],
        [upstream, socket],
      ]) {
        this.#sockets.add(one)
        one.pipe(other)
        one.on('error', () => {})
        one.on('close', () => {
          this.#sockets.delete(one)
          other.destroy()
        })
      }
    })
  }

  /** A proxy that is down: a reserved port where nothing listens. */
  static async to(url: string) {
    return new TcpProxy(new URL(url), await getPort())
  }

  get url() {
    return `http://127.0.0.1:${this.port}`
  }

  async open() {
    this.#server.listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  /** Cuts connections and refuses new ones. */
  async close() {
    for (const socket of this.#sockets) socket.destroy()
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    await closed
  }
}
