import env from '#start/env'

const sinkWrites = env.get('SEARCH_INDEXER') === 'connect'
const sourceIsRead = env.get('CHANGE_FEED') === 'kafka' || sinkWrites

/** Times in milliseconds; see `ConnectOptions`, `ConnectorsOptions` and `ConnectorWatchOptions`. */
export default {
  /** The connectors this server depends on, and monitors. */
  needed: [...(sourceIsRead ? ['source'] : []), ...(sinkWrites ? ['sink'] : [])],

  url: env.get('CONNECT_URL') ?? 'http://127.0.0.1:8083',
  brokers: (env.get('KAFKA_BROKERS') ?? '127.0.0.1:9092').split(','),
  /** Of the topics of shops and products. */
  partitions: env.get('KAFKA_PARTITIONS') ?? 1,
  timeout: 30_000,
  patience: 30_000,
  pause: 500,
  startWithin: 60_000,
  settle: 3_000,
  lookEvery: 10_000,
  restartEvery: 60_000,
}
