import type { ChangeFeed } from '#change_feed/change_feed'
import { FEED } from '#change_feed/relayed_change_feed'
import type { Hub } from '#infra/cluster/hub'

const EVERY = 1_000

/** Tells the workers how the feed of their server is, whether they follow it or not; returns what ends that. */
export function tellStatus(feed: ChangeFeed, hub: Hub) {
  const timer = setInterval(() => {
    for (const worker of hub.channels) worker.tell(FEED.status, feed.status())
  }, EVERY).unref()
  return () => clearInterval(timer)
}
