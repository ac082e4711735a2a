import { BaseSchema } from '@adonisjs/lucid/schema'

const ENDED = `('delivered', 'declined', 'cancelled')`

/**
 * An order outlives its shop: the row keeps the shop's name, and only ended orders can be without a shop.
 * `checkout_key` identifies one submission of the checkout form.
 */
export default class extends BaseSchema {
  async up() {
    this.schema.createTable('orders', (table) => {
      table.uuid('id').primary().defaultTo(this.raw('uuidv7()'))
      table.specificType('number', 'bigint GENERATED ALWAYS AS IDENTITY').notNullable().unique()
      table.uuid('shop_id').references('shops.id').onDelete('SET NULL')
      table.text('shop_name').notNullable()
      table.uuid('customer_id').notNullable().references('users.id')
      table.text('customer_name').notNullable()
      table.uuid('checkout_key').notNullable()
      table.text('state').notNullable().defaultTo('placed')
      table.text('payment_method').notNullable()
      table.text('payment_state').notNullable()
      table.text('payment_reference')
      table.text('fulfilment').notNullable()
      table.text('address').notNullable()
      table.text('mobile').notNullable()
      table.text('note')
      table.text('missing_items').notNullable()
      table.bigInteger('items_paise').notNullable()
      table.bigInteger('delivery_fee_paise').notNullable()
      table.bigInteger('total_paise').notNullable()
      table.timestamp('created_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.timestamp('updated_at', { useTz: true }).notNullable().defaultTo(this.now())
      table.unique(['customer_id', 'checkout_key'], {
        indexName: 'orders_customer_checkout_unique',
      })
      table.check(
        `state IN ('placed', 'accepted', 'packed', 'out_for_delivery', 'delivered', 'declined', 'cancelled')`,
        [],
        'orders_state_known'
      )
      table.check(`payment_method IN ('cash', 'upi', 'khata')`, [], 'orders_payment_method_known')
      table.check(
        `payment_state IN ('due', 'claimed', 'confirmed', 'on_khata')`,
        [],
        'orders_payment_state_known'
      )
      table.check(
        `(payment_method = 'khata') = (payment_state = 'on_khata')`,
        [],
        'orders_khata_is_not_paid'
      )
      table.check(`fulfilment IN ('delivery', 'pickup')`, [], 'orders_fulfilment_known')
      table.check(
        `missing_items IN ('replace', 'leave_out', 'call')`,
        [],
        'orders_missing_items_known'
      )
      table.check('items_paise > 0 AND delivery_fee_paise >= 0', [], 'orders_amounts_in_range')
      table.check('total_paise = items_paise + delivery_fee_paise', [], 'orders_total_adds_up')
      table.check(`shop_id IS NOT NULL OR state IN ${ENDED}`, [], 'orders_open_have_a_shop')
      table.index(['customer_id', 'id'], 'orders_customer_index')
      table.index(['shop_id', 'created_at'], 'orders_shop_created_index')
    })
    this.schema.raw(
      `CREATE INDEX orders_open_index ON orders (shop_id, state, id) WHERE state NOT IN ${ENDED}`
    )
  }

  async down() {
    this.schema.dropTable('orders')
  }
}
