import { BaseSchema } from '@adonisjs/lucid/schema'

/** When servers were up, by the database's clock: one row per run of a process, kept while an order waits. */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('server_uptimes', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.timestamp('began_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('seen_at', { useTz: true }).notNullable().defaultTo(this.now()).index()
    })
  }

  async down() {
    this.schema.dropTable('server_uptimes')
  }
}
