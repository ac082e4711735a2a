import type { Channel } from '#infra/cluster/channel'

/** How the primary process reaches the workers of its server. */
export interface Hub {
  /** How many workers there should be, and how many serve requests. */
  readonly size: number
  readonly serving: number
  /** Those that can be reached. */
  readonly channels: Channel[]
  /** Answers every worker, also those that come later, about `topic`. Before the first starts. */
  answer(topic: string, answering: (body: any, from: Channel) => unknown): void
  /** Resolves when the worker's process has ended while the server goes on. */
  ended(worker: Channel): Promise<void>
}
