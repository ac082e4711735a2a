import { APPLICATION_DATABASE, APPLICATION_ROLE } from '../embedded_postgres/settings.ts'
import { HOST } from './probes.ts'
import type { StackSettings } from './stack_settings.ts'

/** Environment variables with which the application uses a stack. */
export function appEnvironment({ ports, passwords }: StackSettings): Record<string, string> {
  const database = (port: number) =>
    `postgres://${APPLICATION_ROLE}:${passwords.application}@${HOST}:${port}/${APPLICATION_DATABASE}`
  return {
    DATABASE_URL: database(ports.primary),
    DATABASE_READ_URL: database(ports.haproxy),
    REDIS_URL: `redis://${HOST}:${ports.redis}/0`,
    KAFKA_BROKERS: `${HOST}:${ports.kafka}`,
    CONNECT_URL: `http://${HOST}:${ports.connect}`,
    ELASTICSEARCH_URL: `http://${HOST}:${ports.elasticsearch}`,
    CHANGE_FEED: 'kafka',
    SEARCH_ENGINE: 'elasticsearch',
    SEARCH_INDEXER: 'app',
  }
}

/** Renders them as a file. */
export function renderEnvironment(environment: Record<string, string>) {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}
