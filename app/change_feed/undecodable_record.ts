import { Exception } from '@adonisjs/core/exceptions'

/** A record that the source connector would not write. */
export class UndecodableRecord extends Exception {
  static code = 'E_UNDECODABLE_RECORD'
  static message = 'The record is not a change event of the source connector'
}
