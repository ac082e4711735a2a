import { Kafka, logLevel, type Admin } from 'kafkajs'

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
