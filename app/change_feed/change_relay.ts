import { setTimeout as delay } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { ChangeEvent } from '#change_feed/change_event'
import type { ChangeFeed, ChangeListener } from '#change_feed/change_feed'
import { FEED, type FeedCall } from '#change_feed/relayed_change_feed'
import type { Channel } from '#infra/cluster/channel'
import type { Hub } from '#infra/cluster/hub'
import type { Position } from '#replication/position'
import type { Replication } from '#replication/replication'

const FIRST_PAUSE = 100
const LONGEST_PAUSE = 2_000

/** No worker has handled what the feed delivered. */
export class NotRelayed extends Error {
  code = 'E_NOT_RELAYED'
}

/**
 * Lets all workers of a server follow one feed: what it delivers is passed to each of them and awaited, so the feed
 * confirms nothing that a worker has not handled. A worker that fails, hangs or comes later is not waited for any
 * longer: it is told a gap before it gets anything else. If no worker has handled a call, the feed delivers it again.
 *
 * The feed runs while a worker follows it.
 */
export class ChangeRelay implements ChangeListener {
  #followers = new Set<Channel>()
  /** Those that missed something. */
  #lost = new Set<Channel>()
  #turn = pLimit(1)
  #running: Promise<void> = Promise.resolve()

  /** @param patience how long a worker may take to handle a call, in milliseconds */
  constructor(
    private feed: ChangeFeed,
    hub: Hub,
    private replication: Replication,
    private patience: number
  ) {
    hub.answer(FEED.follow, (_, from) => this.#follow(from))
    hub.answer(FEED.leave, (_, from) => this.#leave(from))
  }

  async stop() {
    this.#followers.clear()
    await this.#inOrder(() => this.feed.stop())
  }

  /** Waits for visibility here too: a gap told afterwards, when nobody had handled the changes, has to cover them. */
  changes(changes: ChangeEvent[]) {
    const transactions = new Set(changes.flatMap(({ transactionId }) => transactionId ?? []))
    return this.#turn(async () => {
      const visible = this.replication.positionPast([...transactions])
      await Promise.all([this.#pass({ call: 'changes', values: [changes] }), visible])
    })
  }

  heartbeat(sentAt: Date, watermark: Position) {
    return this.#turn(() => this.#pass({ call: 'heartbeat', values: [sentAt, watermark] }))
  }

  gap() {
    return this.#turn(() => this.#pass({ call: 'gap', values: [] }))
  }

  async #pass(call: FeedCall) {
    const following = [...this.#followers].filter((worker) => !this.#lost.has(worker))
    const handled = await Promise.allSettled(
      following.map((worker) => worker.ask(FEED.call, call, this.patience))
    )
    const failed = following.filter((_, index) => handled[index].status === 'rejected')
    if (failed.length === handled.length) throw new NotRelayed()
    for (const worker of failed) void this.#recover(worker)
  }

  /** Nothing else is passed to the worker until it has answered, and then handled a gap. */
  async #recover(worker: Channel) {
    this.#lost.add(worker)
    for (let pause = FIRST_PAUSE; this.#followers.has(worker); pause *= 2) {
      if (await this.#tellGap(worker)) return
      this.#lost.add(worker)
      await delay(Math.min(pause, LONGEST_PAUSE), null, { ref: false })
    }
    this.#lost.delete(worker)
  }

  /** Between two calls, so that the gap covers the calls before and the worker gets the calls after. */
  async #tellGap(worker: Channel) {
    try {
      await worker.ask(FEED.isFree, null, this.patience)
      const { handled } = await this.#turn(() => {
        this.#lost.delete(worker)
        return { handled: worker.ask(FEED.call, { call: 'gap', values: [] }, this.patience) }
      })
      await handled
      return true
    } catch {
      return false
    }
  }

  /** The feed's own start is a gap. */
  #follow(worker: Channel) {
    const isFirst = this.#followers.size === 0
    this.#followers.add(worker)
    void worker.closed.then(() => this.#leave(worker))
    if (isFirst) return this.#inOrder(() => this.feed.start(this))
    void this.#recover(worker)
  }

  async #leave(worker: Channel) {
    if (!this.#followers.delete(worker) || this.#followers.size > 0) return
    await this.#inOrder(() => this.feed.stop())
  }

  #inOrder(work: () => Promise<void>) {
    return (this.#running = this.#running.catch(() => {}).then(work))
  }
}
