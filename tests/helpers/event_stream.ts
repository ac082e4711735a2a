import { eventually } from '#tests/helpers/eventually'
import type { Visitor } from '#tests/helpers/visitor'

/** An open server-sent event stream, like a browser's EventSource. */
export class EventStream {
  readonly messages: { channel: string; payload: unknown }[] = []
  /** Whether the server has ended it. */
  isEnded = false

  private constructor(
    readonly response: Response,
    private controller: AbortController
  ) {
    this.#read().then(
      () => (this.isEnded = true),
      () => {}
    )
  }

  static async open(visitor: Visitor, path: string) {
    const controller = new AbortController()
    const headers = { 'cookie': visitor.cookieHeader, 'accept-encoding': 'gzip, br' }
    const response = await fetch(new URL(path, visitor.origin), {
      headers,
      redirect: 'manual',
      signal: controller.signal,
    })
    return new EventStream(response, controller)
  }

  /** Messages without keep-alives. */
  get announced() {
    return this.messages.filter(
      ({ channel }) => channel.startsWith('customers/') || channel.startsWith('owners/')
    )
  }

  /** Resolves when the server has confirmed the subscription. */
  opened() {
    return eventually(() => {
      if (this.messages.length === 0) throw new Error('The stream is not open')
    })
  }

  close() {
    this.controller.abort()
  }

  async #read() {
    let text = ''
    for await (const chunk of this.response.body!) {
      text += Buffer.from(chunk).toString()
      const parts = text.split('\n\n')
      text = parts.pop()!
      for (const part of parts) {
        const data = part.split('\n').find((line) => line.startsWith('data: '))
        if (data) this.messages.push(JSON.parse(data.slice('data: '.length)))
      }
    }
  }
}
