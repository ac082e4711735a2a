import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Zero-result searches by day and city. `people` are pseudonyms that distinguish people within a day only; no more
 * are stored than needed to know that there were several.
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
