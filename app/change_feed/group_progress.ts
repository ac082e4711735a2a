import type { Admin } from 'kafkajs'

/** Which records a partition holds, and how many of them the group has handled; null for none yet. */
interface Partition {
  name: string
  topic: string
  partition: number
  low: bigint
  high: bigint
  handled: bigint | null
}

/** What Kafka says of a partition of which nothing was committed; another number below 0 is a client that lost its place. */
const NOTHING_YET = -1n

/** How far a consumer group has come in its topics, over all of its members. */
export class GroupProgress {
  constructor(
    private admin: Admin,
    private group: string,
    private topics: string[]
  ) {}

  /** The end of every partition as it is now. */
  async ends(): Promise<Map<string, bigint>> {
    return new Map((await this.#partitions()).map(({ name, high }) => [name, high]))
  }

  /** Whether the group has handled, and committed, all records before these ends. */
  async hasReached(ends: Map<string, bigint>): Promise<boolean> {
    const partitions = await this.#partitions()
    return partitions.every(({ name, low, handled }) => (handled ?? low) >= (ends.get(name) ?? 0n))
  }

  /** Where records are gone, or the whole topic, that the group had still to handle: what to commit to go on. */
  async lost(): Promise<{ topic: string; partition: number; offset: string }[]> {
    const partitions = await this.#partitions()
    return partitions
      .filter(({ low, high, handled }) => handled !== null && (handled < low || handled > high))
      .map(({ topic, partition, low }) => ({ topic, partition, offset: String(low) }))
  }

  /** What is committed is asked first, or it would seem to be past the end. */
  async #partitions(): Promise<Partition[]> {
    const { group: groupId, topics } = this
    const committed = await this.admin.fetchOffsets({ groupId, topics })
    const offsets = await Promise.all(topics.map((topic) => this.admin.fetchTopicOffsets(topic)))
    const handled = new Map(
      committed.flatMap(({ topic, partitions }) =>
        partitions.map(({ partition, offset }) => [`${topic}-${partition}`, BigInt(offset)])
      )
    )
    return topics.flatMap((topic, index) =>
      offsets[index].map(({ partition, low, high }) => {
        const name = `${topic}-${partition}`
        const offset = handled.get(name) ?? NOTHING_YET
        return {
          name,
          topic,
          partition,
          low: BigInt(low),
          high: BigInt(high),
          handled: offset === NOTHING_YET ? null : offset,
        }
      })
    )
  }
}
