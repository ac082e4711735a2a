import { BaseSchema } from '@adonisjs/lucid/schema'

/**
 * A cart of a user, or of the browser whose cookies hold its tokens. Products may change or be deleted, so a line
 * names what was added. A guest's cart that went to accounts by a login stays a minute, for a login that crosses.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('carts', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.uuid('user_id').references('users.id').onDelete('CASCADE').unique()
      table.timestamp('used_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('left_at', { useTz: true })
      table.specificType('left_to', 'uuid[]').notNullable().defaultTo('{}')
    })
    this.schema.createTable('cart_lines', (table) => {
      table.uuid('cart_id').notNullable().references('carts.id').onDelete('CASCADE')
      table.uuid('product_id').notNullable()
      table.uuid('line').notNullable()
      table.integer('quantity').notNullable()
      table.integer('price_paise').notNullable()
      table.text('name').notNullable()
      table.text('name_hi')
      table.text('unit').notNullable()
      table.uuid('shop_id').notNullable()
      table.text('shop_name').notNullable()
      table.text('shop_city').notNullable()
      table.specificType('added', 'bigint GENERATED ALWAYS AS IDENTITY').notNullable()
      table.primary(['cart_id', 'product_id'])
      table.check('quantity BETWEEN 1 AND 99', [], 'cart_lines_quantity_in_range')
    })
    this.schema.createTable('cart_tokens', (table) => {
      table.text('hash').primary()
      table.uuid('cart_id').notNullable().references('carts.id').onDelete('CASCADE').index()
    })
    this.schema.raw(`
      CREATE INDEX carts_guests_used_at_index ON carts (used_at) WHERE user_id IS NULL;
      CREATE INDEX carts_left_at_index ON carts (left_at) WHERE left_at IS NOT NULL;
    `)
  }

  async down() {
    this.schema.dropTable('cart_tokens')
    this.schema.dropTable('cart_lines')
    this.schema.dropTable('carts')
  }
}
