import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.raw('CREATE EXTENSION IF NOT EXISTS citext')
    this.schema.createTable('users', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.specificType('username', 'citext').notNullable().unique()
      table.text('password').notNullable()
      table.text('role').notNullable()
      table.text('full_name').notNullable()
      table.text('address').notNullable()
      table.text('mobile').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check(`role IN ('customer', 'shopowner')`, [], 'users_role_known')
    })
  }

  async down() {
    this.schema.dropTable('users')
  }
}
