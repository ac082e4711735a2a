import { Exception } from '@adonisjs/core/exceptions'
import { isByShop } from '#change_feed/announced_tables'
import type { ConnectorDefinition } from '#connectors/connector_definition'
import { withTopics } from '#connectors/kafka_admin'

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
  for (const [topic, count] of await countPartitions(brokers, topics)) {
    if (count === partitions) continue
    throw new OtherPartitions(
      `The topic ${topic} has ${count} partitions, and KAFKA_PARTITIONS is ${partitions}: connectors:reset deletes it, and connectors:register then creates it again`
    )
  }
}

function countPartitions(brokers: string[], topics: string[]) {
  return withTopics(brokers, topics, 'does not tell its partitions', async (admin, existing) => {
    if (existing.length === 0) return []
    const { topics: found } = await admin.fetchTopicMetadata({ topics: existing })
    return found.map(({ name, partitions }) => [name, partitions.length] as const)
  })
}
