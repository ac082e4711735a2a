import { BaseSchema } from '@adonisjs/lucid/schema'

/** Forms that were sent after their session had ended, encrypted, for an hour. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('kept_forms', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE').index()
      table.text('form').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now()).index()
    })
  }

  async down() {
    this.schema.dropTable('kept_forms')
  }
}
