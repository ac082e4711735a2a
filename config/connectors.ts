import env from '#start/env'

/** Times in milliseconds; see `ConnectOptions` and `ConnectorsOptions`. */
export default {
  url: env.get('CONNECT_URL') ?? 'http://127.0.0.1:8083',
  brokers: (env.get('KAFKA_BROKERS') ?? '127.0.0.1:9092').split(','),
  timeout: 30_000,
  patience: 30_000,
  pause: 500,
  startWithin: 60_000,
  settle: 3_000,
}
