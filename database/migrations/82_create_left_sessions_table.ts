import { BaseSchema } from '@adonisjs/lucid/schema'

/** Guest sessions ended by a login, with what a concurrent login needs; kept for a minute. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('left_sessions', (table) => {
      table.text('id').notNullable()
      table.uuid('user_id').notNullable().references('users.id').onDelete('CASCADE')
      table.text('successor').notNullable()
      table.jsonb('cart').notNullable()
      table.text('csrf_secret').notNullable()
      table.timestamp('left_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.primary(['id', 'user_id'])
    })
  }

  async down() {
    this.schema.dropTable('left_sessions')
  }
}
