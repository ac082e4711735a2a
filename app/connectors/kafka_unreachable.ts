import { Exception } from '@adonisjs/core/exceptions'

/** Kafka did not do what was asked; `cause` is the client's error. */
export class KafkaUnreachable extends Exception {
  static code = 'E_KAFKA_UNREACHABLE'
}
