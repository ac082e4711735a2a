import { BaseSchema } from '@adonisjs/lucid/schema'

/** Whether a program that repeats its `Idempotency-Key` asks for the same order. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('orders', (table) => void table.text('request_digest'))
  }

  async down() {
    this.schema.alterTable('orders', (table) => table.dropColumn('request_digest'))
  }
}
