import { BaseSchema } from '@adonisjs/lucid/schema'

/** A lock is held over a connection to this primary, and nobody holds it after a crash. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('ALTER TABLE locks SET UNLOGGED')
  }

  async down() {
    this.schema.raw('ALTER TABLE locks SET LOGGED')
  }
}
