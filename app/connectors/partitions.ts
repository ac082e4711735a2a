import { Exception } from '@adonisjs/core/exceptions'
import { isByShop } from '#change_feed/announced_tables'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { kafkaAdmin } from '#connectors/kafka_admin'
import { KafkaUnreachable } from '#connectors/kafka_unreachable'

/** A topic exists with another number of partitions than is set. */
export class OtherPartitions extends Exception {
  static code = 'E_OTHER_PARTITIONS'
}

/**
 * Checks the topics that exist. Their number is not changed: records of a shop would be in two partitions, and no
 * longer in order.
 *
 * @throws OtherPartitions, KafkaUnreachable
 */
export async function mustHavePartitions(
  brokers: string[],
  definitions: ConnectorDefinition[],
  partitions: number
) {
  const topics = definitions
    .flatMap(({ topics: written, reads }) => [...written, ...reads])
    .filter(isByShop)
  for (const [topic, count] of await countPartitions(brokers, [...new Set(topics)])) {
    if (count === partitions) continue
    throw new OtherPartitions(
      `The topic ${topic} has ${count} partitions, and KAFKA_PARTITIONS is ${partitions}: connectors:reset deletes it, and connectors:register then creates it again`
    )
  }
}

async function countPartitions(brokers: string[], topics: string[]) {
  const admin = kafkaAdmin(brokers)
  try {
    await admin.connect()
    const existing = await admin.listTopics()
    const present = topics.filter((topic) => existing.includes(topic))
    if (present.length === 0) return []
    const { topics: found } = await admin.fetchTopicMetadata({ topics: present })
    return found.map(({ name, partitions }) => [name, partitions.length] as const)
  } catch (error: any) {
    throw new KafkaUnreachable(
      `Kafka at ${brokers.join(',')} does not tell its partitions (${error.message}): check KAFKA_BROKERS`,
      { cause: error }
    )
  } finally {
    await admin.disconnect()
  }
}
