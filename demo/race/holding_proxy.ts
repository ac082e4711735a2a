import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy in front of the replica, which can hold back an answer: that reader is slow. */
export class HoldingProxy {
  readonly #server
  #sockets = new Set<Socket>()
  #mark: string | null = null
  #held = 0
  #release = Promise.withResolvers<void>()

  private constructor(private target: URL) {
    this.#server = createServer((client) => {
      const server = connect(Number(target.port), target.hostname)
      for (const socket of [client, server]) {
        this.#sockets.add(socket)
        socket.setNoDelay().on('error', () => {})
        socket.on('close', () => {
          this.#sockets.delete(socket)
          client.destroy()
          server.destroy()
        })
      }
      client.pipe(server)
      void this.#answer(server, client).catch(() => {})
    })
  }

  /** @param url of the server behind it */
  static async to(url: string) {
    const proxy = new HoldingProxy(new URL(url))
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  /** The URL of the server behind it, through this proxy. */
  get url() {
    const url = new URL(this.target)
    url.port = String((this.#server.address() as { port: number }).port)
    return url.href
  }

  /** Answers of the server that contain this text wait for `release`. */
  hold(text: string) {
    this.#mark = text
    this.#held = 0
    this.#release = Promise.withResolvers()
  }

  /** How many answers wait. */
  get held() {
    return this.#held
  }

  release() {
    this.#mark = null
    this.#release.resolve()
  }

  close() {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  async #answer(server: Socket, client: Socket) {
    for await (const chunk of server as AsyncIterable<Buffer>) {
      if (this.#mark && chunk.includes(this.#mark)) {
        this.#held++
        await this.#release.promise
      }
      client.write(chunk)
    }
  }
}
