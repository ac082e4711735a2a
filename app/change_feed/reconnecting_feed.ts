import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import { ChangeFeed, type ChangeFeedStatus, type ChangeListener } from '#change_feed/change_feed'

/** A feed that connects for ever: what its adapters have in common, whatever they read from. */
export abstract class ReconnectingFeed extends ChangeFeed {
  #state: ChangeFeedStatus['state'] = 'stopped'
  #heardAt: Date | null = null
  #running: Promise<void> | null = null
  #stopping = new AbortController()
  #gapToTell = true

  /**
   * @param longestPause between two attempts to connect, in milliseconds
   * @param resumes whether a start is no gap by itself, because the listener keeps what it was told when
   *   the process ends, or because the adapter tells of a gap with each connection
   */
  constructor(
    protected logger: Logger,
    private longestPause: number,
    private resumes = false
  ) {
    super()
  }

  status() {
    return { state: this.#state, heardAt: this.#heardAt }
  }

  async start(listener: ChangeListener) {
    this.#stopping = new AbortController()
    this.#gapToTell = !this.resumes
    this.#running = this.#run(listener, this.#stopping.signal)
  }

  async stop() {
    this.#stopping.abort()
    await this.#running
    this.#state = 'stopped'
  }

  /** Says whether changes may have been missed that no connection will deliver any more. */
  protected abstract hasGap(): Promise<boolean>

  /** To be overridden by an adapter that has to remember a gap until the listener has taken it in. */
  protected async closeGap(): Promise<void> {}

  /** Connects and delivers until `signal` aborts, then finishes what is in hand; rejects when the connection is lost. */
  protected abstract stream(listener: ChangeListener, signal: AbortSignal): Promise<void>

  /** To be overridden by an adapter that knows losses which are nothing to worry about. */
  protected lost(error: unknown) {
    this.logger.warn({ err: error }, 'change feed lost, connecting again')
  }

  /** To be called by the adapter when it is connected. */
  protected connected() {
    this.#state = 'streaming'
  }

  /** To be called by the adapter when something has come through the feed and was handled. */
  protected heard() {
    this.#heardAt = new Date()
  }

  /** A feed that starts has been away: that is a gap, unless it resumes. A gap is told until the listener has taken it in. */
  async #run(listener: ChangeListener, signal: AbortSignal) {
    for (let pause = 100; !signal.aborted; pause = Math.min(pause * 2, this.longestPause)) {
      this.#state = 'connecting'
      const since = Date.now()
      try {
        if (await this.hasGap()) this.#gapToTell = true
        if (this.#gapToTell) {
          await listener.gap()
          await this.closeGap()
        }
        this.#gapToTell = false
        if (!signal.aborted) await this.stream(listener, signal)
      } catch (error) {
        if (!signal.aborted) this.lost(error)
      }
      if (Date.now() - since > this.longestPause) pause = 100
      await delay(pause, null, { signal }).catch(() => {})
    }
  }
}
