import { BaseSchema } from '@adonisjs/lucid/schema'

/** The language chosen by the user, or null. */
export default class extends BaseSchema {
  async up() {
    this.schema.alterTable('users', (table) => {
      table.text('locale')
      table.check(`locale IN ('en', 'hi')`, [], 'users_locale_known')
    })
  }

  async down() {
    this.schema.alterTable('users', (table) => table.dropColumn('locale'))
  }
}
