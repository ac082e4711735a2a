import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * What was searched for and not found, counted by day and city. `people` are numbers that tell the people of
 * one day apart and nothing else; no more are kept than it takes to know that they were several.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('search_misses', (table) => {
      table.date('day').notNullable()
      table.text('city').notNullable()
      table.text('words').notNullable()
      table.integer('searches').notNullable()
      table.specificType('people', 'integer[]').notNullable()
      table.primary(['city', 'words', 'day'])
      table.index('day')
    })
  }

  async down() {
    this.schema.dropTable('search_misses')
  }
}
