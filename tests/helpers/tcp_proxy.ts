import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A way to a server that a test can cut. */
export class TcpProxy {
  #server: Server
  #sockets = new Set<Socket>()
  #port = 0

  private constructor(target: URL) {
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

  static async to(url: string) {
    const proxy = new TcpProxy(new URL(url))
    await proxy.open()
    return proxy
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`
  }

  async open() {
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  /** Connections are cut, and new ones refused. */
  async close() {
    for (const socket of this.#sockets) socket.destroy()
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    await closed
  }
}
