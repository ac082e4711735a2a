import type { Market } from './market.js'
import type { Watch } from './watch.js'

/** For what is expected soon, in milliseconds, even on a busy machine. */
export const LONGEST = 60_000

/** Tells what happens, and shows what both caches answer each second. */
export interface Narrator {
  say(text: string): void
  /** Shows the answers each second, for this many seconds. */
  watch(watch: Watch, seconds: number): Promise<void>
}

export interface Scenario {
  /** For `--scenario`. */
  name: string
  title: string
  /** Returns a watch that goes on. */
  play(market: Market, narrator: Narrator): Promise<Watch>
}
