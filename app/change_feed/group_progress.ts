import type { Admin } from 'kafkajs'

/** Offsets of a partition and the group's committed offset; null for none yet. */
interface Partition {
  name: string
  topic: string
  partition: number
  low: bigint
  high: bigint
  handled: bigint | null
}

/**
 * Kafka's value for a partition without a committed offset; other negative values mean the client lost its
 * position.
 */
const NOTHING_YET = -1n

/** Progress of a consumer group in its topics, across all members. */
export class GroupProgress {
  constructor(
    private admin: Admin,
    private group: string,
    private topics: string[]
  ) {}

  /** Current end offsets of all partitions. */
  async ends(): Promise<Map<string, bigint>> {
    return new Map((await this.#partitions()).map(({ name, high }) => [name, high]))
  }

  /** Whether the group has committed everything before these offsets. */
  async hasReached(ends: Map<string, bigint>): Promise<boolean> {
    const partitions = await this.#partitions()
    return partitions.every(({ name, low, handled }) => (handled ?? low) >= (ends.get(name) ?? 0n))
  }

  /** Records that the group has not committed yet. */
  async behind(): Promise<bigint> {
    const partitions = await this.#partitions()
    return partitions.reduce((sum, { low, high, handled }) => sum + high - (handled ?? low), 0n)
  }

  /** Whether the group has no offset in a partition with records: it is new, was reset, or the topic was recreated. */
  async isNew(): Promise<boolean> {
    const partitions = await this.#partitions()
    return partitions.some(({ high, handled }) => handled === null && high > 0n)
  }

  /** Partitions whose unprocessed records (or the whole topic) are gone, with the offset to resume from. */
  async lost(): Promise<{ topic: string; partition: number; offset: string }[]> {
    const partitions = await this.#partitions()
    return partitions
      .filter(({ low, high, handled }) => handled !== null && (handled < low || handled > high))
      .map(({ topic, partition, low }) => ({ topic, partition, offset: String(low) }))
  }

  /**
   * Committed offsets are read before end offsets, or they could appear to be past the end. Reading them makes the client
   * ask which partitions there are, so that a new one counts at once.
   */
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
