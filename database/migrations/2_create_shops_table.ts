import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * The replica identity includes the city, so that the change event of a deleted or moved shop names the city whose
 * lists to invalidate.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('shops', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('owner_id').notNullable().references('users.id').onDelete('CASCADE').index()
      table.text('name').notNullable()
      table.text('city').notNullable()
      table.text('pin_code')
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check('char_length(name) BETWEEN 1 AND 120', [], 'shops_name_length')
      table.check('char_length(city) BETWEEN 1 AND 80', [], 'shops_city_length')
      table.check(`pin_code ~ '^[1-9][0-9]{5}$'`, [], 'shops_pin_code_form')
      table.unique(['city', 'id'], { indexName: 'shops_replica_identity' })
      table.index(['city', 'name', 'id'], 'shops_city_name_index')
      table.index(['name', 'id'], 'shops_name_index')
    })
    this.schema.raw('ALTER TABLE shops REPLICA IDENTITY USING INDEX shops_replica_identity')
  }

  async down() {
    this.schema.dropTable('shops')
  }
}
