import { setTimeout as delay } from 'node:timers/promises'
import type { Admin } from 'kafkajs'
import { GroupProgress } from '#change_feed/group_progress'
import { KafkaUnreachable } from '#connectors/kafka_unreachable'

/** Offsets by `topic-partition`: everything before them. */
export type Offsets = Map<string, bigint>

const LOOK_AGAIN_AFTER = 50

/**
 * How far a sink connector has written, by what its consumer group has committed: it commits after writing
 * (`flush.synchronously`). Members throw `KafkaUnreachable` when Kafka does not answer.
 */
export class SinkProgress {
  #admin: Promise<Admin> | null = null

  /** @param group of the connector, `connect-` and its name @param topics that it reads */
  constructor(
    private brokers: string[],
    private group: string,
    private topics: string[]
  ) {}

  /** Where the topics end now. */
  ends(): Promise<Offsets> {
    return this.#ask((group) => group.ends())
  }

  /**
   * Whether the sink has written everything before these offsets, waiting for it up to `patience` ms. Offsets that it
   * had reached are not reached any more once it starts over or a topic was recreated.
   */
  async hasReached(offsets: Offsets, patience = 0): Promise<boolean> {
    const deadline = Date.now() + patience
    while (!(await this.#ask((group) => group.hasReached(offsets)))) {
      if (Date.now() >= deadline) return false
      await delay(LOOK_AGAIN_AFTER)
    }
    return true
  }

  /** Whether records are gone, or a topic shorter, before the sink has read them. */
  async hasLost(): Promise<boolean> {
    return (await this.#ask((group) => group.lost())).length > 0
  }

  /** Records that it has not written yet. */
  behind(): Promise<bigint> {
    return this.#ask((group) => group.behind())
  }

  async close() {
    const admin = this.#admin
    this.#admin = null
    await (await admin?.catch(() => null))?.disconnect()
  }

  /** Connects when first asked, and again after an error. */
  async #ask<T>(question: (group: GroupProgress) => Promise<T>): Promise<T> {
    try {
      const admin = await (this.#admin ??= connected(this.brokers))
      return await question(new GroupProgress(admin, this.group, this.topics))
    } catch (error) {
      await this.close().catch(() => {})
      throw new KafkaUnreachable(
        `Kafka at ${this.brokers.join(',')} does not say how far ${this.group} is (${(error as Error).message})`,
        { cause: error }
      )
    }
  }
}

/** The client is loaded only where it is used. */
async function connected(brokers: string[]) {
  const { kafkaAdmin } = await import('#connectors/kafka_admin')
  const admin = kafkaAdmin(brokers)
  await admin.connect()
  return admin
}
