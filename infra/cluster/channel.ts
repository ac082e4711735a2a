/** A connection that delivers messages in order; sending to a process that is gone does nothing. */
export interface Port {
  send(message: object): void
  onMessage(listener: (message: any) => void): void
  onClose(listener: () => void): void
}

/** Answers a question, or takes in what was told. */
export type Answering = (body: any) => unknown

interface Question {
  resolve(answer: unknown): void
  reject(error: Error): void
}

/** The other process did not answer in time, is gone, or failed to answer. */
export class NoAnswer extends Error {
  code = 'E_NO_ANSWER'
}

/** Questions and answers between two processes. Bodies can be anything that can be cloned, bigints and dates too. */
export class Channel {
  #answering = new Map<string, Answering>()
  #asked = new Map<number, Question>()
  #closed = Promise.withResolvers<void>()
  #isClosed = false
  #last = 0

  constructor(private port: Port) {
    port.onMessage((message) => this.#receive(message))
    port.onClose(() => this.#close())
  }

  get isOpen() {
    return !this.#isClosed
  }

  /** Resolves when the other process is gone. */
  get closed() {
    return this.#closed.promise
  }

  /** Answers what the other process asks or tells about `topic`, from now on. */
  on(topic: string, answering: Answering) {
    this.#answering.set(topic, answering)
  }

  tell(topic: string, body: unknown = null) {
    if (!this.#isClosed) this.port.send({ topic, body })
  }

  /** @param within milliseconds. @throws NoAnswer */
  async ask<Answer = unknown>(topic: string, body: unknown, within: number): Promise<Answer> {
    if (this.#isClosed) throw new NoAnswer(`${topic}: the process is gone`)
    const id = ++this.#last
    const { promise, resolve, reject } = Promise.withResolvers<any>()
    const late = () => reject(new NoAnswer(`${topic}: no answer within ${within} ms`))
    const timer = setTimeout(late, within).unref()
    this.#asked.set(id, { resolve, reject })
    this.port.send({ topic, body, id })
    try {
      return await promise
    } finally {
      clearTimeout(timer)
      this.#asked.delete(id)
    }
  }

  async #receive(message: any) {
    if (typeof message?.answers === 'number') return this.#answered(message)
    if (typeof message?.topic !== 'string') return
    const { topic, body, id } = message
    const answer = await this.#answer(topic, body)
    if (id !== undefined && !this.#isClosed) this.port.send({ answers: id, ...answer })
  }

  async #answer(topic: string, body: unknown) {
    try {
      const answering = this.#answering.get(topic)
      if (!answering) throw new Error('nobody answers')
      return { body: await answering(body) }
    } catch (error) {
      return { failure: (error as Error).message }
    }
  }

  #answered({ answers, body, failure }: { answers: number; body: unknown; failure?: string }) {
    const question = this.#asked.get(answers)
    if (failure === undefined) question?.resolve(body)
    else question?.reject(new NoAnswer(failure))
  }

  #close() {
    this.#isClosed = true
    for (const { reject } of this.#asked.values()) reject(new NoAnswer('the process is gone'))
    this.#closed.resolve()
  }
}
