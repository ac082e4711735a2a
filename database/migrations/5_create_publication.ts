import { BaseSchema } from '@adonisjs/lucid/schema'

/** The tables announced by the change feed, for both the embedded reader and Debezium. */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE PUBLICATION dbz_publication FOR TABLE shops, products')
  }

  async down() {
    this.schema.raw('DROP PUBLICATION dbz_publication')
  }
}
