import { BaseSchema } from '@adonisjs/lucid/schema'

/** Detects whether a repeated `Idempotency-Key` comes with the same order. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('orders', (table) => void table.text('request_digest'))
  }

  async down() {
    this.schema.alterTable('orders', (table) => table.dropColumn('request_digest'))
  }
}
