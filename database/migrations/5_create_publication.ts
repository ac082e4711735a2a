import { BaseSchema } from '@adonisjs/lucid/schema'

/** What the change feed announces; both the embedded reader and Debezium subscribe to it. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE PUBLICATION dbz_publication FOR TABLE shops, products')
  }

  async down() {
    this.schema.raw('DROP PUBLICATION dbz_publication')
  }
}
