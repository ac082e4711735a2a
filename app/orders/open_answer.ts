import type { ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import type { LiveStream } from '#sessions/live_streams'

/** After this a client that does not read the end of the stream is disconnected. */
const GRACE = 1_000

const message = (channel: string) => `data: ${JSON.stringify({ channel, payload: {} })}\n\n`

/** An event stream for pages that follow orders; sends nothing after its end. */
export class OpenAnswer implements LiveStream {
  #source: Readable | null = null

  constructor(
    readonly sessionId: string,
    readonly userId: string,
    private response: ServerResponse
  ) {
    response.once('pipe', (source) => (this.#source = source))
  }

  end() {
    this.#endWith(message('ended'))
  }

  rest() {
    this.#endWith(message('rest'))
  }

  #endWith(last: string) {
    if (!this.#source) return
    this.#source.unpipe(this.response)
    this.response.end(last)
    setTimeout(() => this.response.destroy(), GRACE).unref()
  }
}
