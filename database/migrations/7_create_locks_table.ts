import { BaseSchema } from '@adonisjs/lucid/schema'

export default class extends BaseSchema {
  async up() {
    this.schema.createTable('locks', (table) => {
      table.text('key').primary()
      table.text('owner').notNullable()
      table.bigInteger('expiration')
    })
  }

  async down() {
    this.schema.dropTable('locks')
  }
}
