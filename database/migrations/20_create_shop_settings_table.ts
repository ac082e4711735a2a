import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * Terms for orders. In a separate table, because rows of `shops` are search documents; a shop without a row has
 * the defaults.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('shop_settings', (table) => {
      table.uuid('shop_id').primary().references('shops.id').onDelete('CASCADE')
      table.integer('minimum_order_paise').notNullable().defaultTo(0)
      table.integer('delivery_fee_paise').notNullable().defaultTo(0)
      table.text('upi_id')
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.check(
        'minimum_order_paise BETWEEN 0 AND 100000000',
        [],
        'shop_settings_minimum_in_range'
      )
      table.check('delivery_fee_paise BETWEEN 0 AND 100000000', [], 'shop_settings_fee_in_range')
      table.check(
        `upi_id ~ '^[A-Za-z0-9._-]{2,255}@[A-Za-z][A-Za-z0-9]{1,63}$'`,
        [],
        'shop_settings_upi_id_form'
      )
    })
  }

  async down() {
    this.schema.dropTable('shop_settings')
  }
}
