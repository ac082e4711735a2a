import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from '@adonisjs/core/logger'
import { ChangeFeed, type ChangeFeedStatus, type ChangeListener } from '#change_feed/change_feed'

/** Base of feeds that reconnect until stopped. */
export abstract class ReconnectingFeed extends ChangeFeed {
  #state: ChangeFeedStatus['state'] = 'stopped'
  #heardAt: Date | null = null
  #running: Promise<void> | null = null
  #stopping = new AbortController()
  #gapToTell = true

  /**
   * @param longestPause between connection attempts, in milliseconds
   * @param resumes whether a start is no gap, because the listener's state is persistent or the adapter reports a
   * gap with each connection
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

  /** Whether changes may have been lost that no connection will redeliver. */
  protected abstract hasGap(): Promise<boolean>

  /** Override when the primary may not show all that was lost yet: a gap covers what it shows. */
  protected async lostIsVisible(_signal: AbortSignal): Promise<void> {}

  /** Override to remember a gap until the listener has handled it. */
  protected async closeGap(): Promise<void> {}

  /**
   * Connects and delivers until `signal` aborts, then finishes the current work; rejects when the connection is
   * lost.
   */
  protected abstract stream(listener: ChangeListener, signal: AbortSignal): Promise<void>

  /** Override to ignore expected disconnects. */
  protected lost(error: unknown) {
    this.logger.warn({ err: error }, 'change feed disconnected, reconnecting')
  }

  /** Called by the adapter when connected. */
  protected connected() {
    this.#state = 'streaming'
  }

  /** Called by the adapter after something came through the feed and was handled. */
  protected heard() {
    this.#heardAt = new Date()
  }

  /** Starting is a gap unless the feed resumes. A gap is reported until the listener has handled it. */
  async #run(listener: ChangeListener, signal: AbortSignal) {
    for (let pause = 100; !signal.aborted; pause = Math.min(pause * 2, this.longestPause)) {
      this.#state = 'connecting'
      const since = Date.now()
      try {
        if (await this.hasGap()) {
          this.#gapToTell = true
          await this.lostIsVisible(signal)
        }
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
