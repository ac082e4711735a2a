import { Kafka, logLevel, type Admin } from 'kafkajs'
import { KafkaUnreachable } from '#connectors/kafka_unreachable'

/** An administrator of the brokers that gives up after a few seconds. */
export function kafkaAdmin(brokers: string[]): Admin {
  return new Kafka({
    clientId: 'kirana-ghar',
    brokers,
    connectionTimeout: 3_000,
    retry: { retries: 2 },
    logLevel: logLevel.NOTHING,
  }).admin()
}

/**
 * Does `work` with an administrator, and with those of `topics` that exist.
 *
 * @param failure what Kafka does then, for the message
 * @throws KafkaUnreachable when it fails
 */
export async function withTopics<T>(
  brokers: string[],
  topics: string[],
  failure: string,
  work: (admin: Admin, existing: string[]) => Promise<T>
): Promise<T> {
  const admin = kafkaAdmin(brokers)
  try {
    await admin.connect()
    const existing = (await admin.listTopics()).filter((topic) => topics.includes(topic))
    return await work(admin, existing)
  } catch (error: any) {
    throw new KafkaUnreachable(
      `Kafka at ${brokers.join(',')} ${failure} (${error.message}): check KAFKA_BROKERS`,
      { cause: error }
    )
  } finally {
    await admin.disconnect()
  }
}
