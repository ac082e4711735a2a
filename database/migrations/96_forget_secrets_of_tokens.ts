import { BaseSchema } from '@adonisjs/lucid/schema'

/** A forged request is known by where it comes from, not by a token in each form. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('left_sessions', (table) => table.dropColumn('csrf_secret'))
  }

  async down() {
    this.schema.alterTable('left_sessions', (table) => table.text('csrf_secret').notNullable())
  }
}
