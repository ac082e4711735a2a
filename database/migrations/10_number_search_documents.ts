import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * `search_versions` numbers reads of rows for search documents. The number is drawn before reading, so the read
 * with the larger number is never older.
 *
 * `change_feed_gaps` lists slots whose listener has not yet handled the gap before their creation; a slot cannot
 * be created in the transaction that records it.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE SEQUENCE search_versions')
    this.schema.createTable('change_feed_gaps', (table) => {
      table.text('slot').primary()
    })
  }

  async down() {
    this.schema.dropTable('change_feed_gaps')
    this.schema.raw('DROP SEQUENCE search_versions')
  }
}
