import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** A way to a server that a test can shut: nobody answers then, as when the server is down. */
export class Gate {
  #server: Server | null = null
  #sockets = new Set<Socket>()

  private constructor(
    private to: { host: string; port: number },
    readonly port: number
  ) {}

  /** A gate that is shut, at a port of its own. */
  static async to(host: string, port: number) {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const own = (server.address() as AddressInfo).port
    server.close()
    await once(server, 'close')
    return new Gate({ host, port }, own)
  }

  async open() {
    this.#server = createServer((visitor) => {
      const target = connect(this.to)
      for (const [one, other] of [
        [visitor, target],
        [target, visitor],
      ]) {
        this.#sockets.add(one)
        one.pipe(other)
        one.on('error', () => {})
        one.once('close', () => {
          this.#sockets.delete(one)
          other.destroy()
        })
      }
    }).listen(this.port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  async shut() {
    const server = this.#server
    this.#server = null
    if (!server) return
    server.close()
    for (const socket of this.#sockets) socket.destroy()
    await once(server, 'close')
  }
}
