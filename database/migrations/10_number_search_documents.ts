import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * `search_versions` numbers the readings of rows that become search documents. A number is drawn before
 * the rows are read, so of two readings the one with the larger number is never the older.
 *
 * `change_feed_gaps` has the slots that were made and whose listener has not yet made up for what came
 * before; a slot cannot be created in the transaction that notes it.
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
