import { BaseSchema } from '@adonisjs/lucid/schema'

/** Request forgery is detected by the request's origin, so per-session tokens are no longer needed. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('left_sessions', (table) => table.dropColumn('csrf_secret'))
  }

  async down() {
    this.schema.alterTable('left_sessions', (table) => table.text('csrf_secret').notNullable())
  }
}
