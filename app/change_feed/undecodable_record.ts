import { Exception } from '@adonisjs/core/exceptions'

/** A record that is not what the source connector writes. */
export class UndecodableRecord extends Exception {
  static code = 'E_UNDECODABLE_RECORD'
  static message = 'The record is not a change event of the source connector'
}
