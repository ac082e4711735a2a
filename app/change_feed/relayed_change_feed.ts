import { setTimeout as delay } from 'node:timers/promises'
import pLimit from 'p-limit'
import { ChangeFeed, type ChangeFeedStatus, type ChangeListener } from '#change_feed/change_feed'
import type { Channel } from '#infra/cluster/channel'

/** Topics between the workers of a server and its primary process. */
export const FEED = {
  follow: 'feed:follow',
  leave: 'feed:leave',
  call: 'feed:call',
  isFree: 'feed:is_free',
  status: 'feed:status',
} as const

/** A call of the listener. */
export type FeedCall = {
  [Name in keyof ChangeListener]: { call: Name; values: Parameters<ChangeListener[Name]> }
}[keyof ChangeListener]

const FOLLOW_AGAIN_AFTER = 1_000
const PATIENCE = 5_000

/** Follows, in a worker, the feed that its server's primary process reads for all. Each start is a gap. */
export class RelayedChangeFeed extends ChangeFeed {
  #told: ChangeFeedStatus = { state: 'connecting', heardAt: null }
  #heardAt: Date | null = null
  #listener: ChangeListener | null = null
  #turn = pLimit(1)
  #following: Promise<void> | null = null
  #stopping = new AbortController()

  constructor(private primary: Channel) {
    super()
    primary.on(FEED.status, (status) => (this.#told = status))
    primary.on(FEED.isFree, () => this.#turn(() => true))
    primary.on(FEED.call, (call) => this.#turn(() => this.#receive(call)))
  }

  /** Of the feed in the primary process; what was heard is what this worker has handled, if it follows. */
  status() {
    const { state, heardAt } = this.#told
    return { state, heardAt: this.#following ? this.#heardAt : heardAt }
  }

  async start(listener: ChangeListener) {
    this.#listener = listener
    this.#stopping = new AbortController()
    this.#following = this.#follow(this.#stopping.signal)
  }

  async stop() {
    this.#stopping.abort()
    await this.#following
    await this.primary.ask(FEED.leave, null, PATIENCE).catch(() => {})
    await this.#turn(async () => {
      this.#listener = null
    })
  }

  async #follow(signal: AbortSignal) {
    while (!signal.aborted) {
      try {
        await this.primary.ask(FEED.follow, null, PATIENCE)
        return
      } catch {
        await delay(FOLLOW_AGAIN_AFTER, null, { signal }).catch(() => {})
      }
    }
  }

  async #receive({ call, values }: FeedCall) {
    if (!this.#listener) throw new Error('stopped')
    await (this.#listener[call] as (...all: unknown[]) => Promise<void>)(...values)
    if (call !== 'gap') this.#heardAt = new Date()
  }
}
